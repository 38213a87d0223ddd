import { ipNotEnough } from '../checks.js';
import { CloudError, cloudError, isErrorCode } from '../cloud-error.js';
import type { JsonFields } from '../control/json-fields.js';
import { SimulatorError } from '../simulator-error.js';
import type { EffectTable } from './effect.js';

/** The cloud refuses, and nothing is changed. */
export const apiEffects: EffectTable = {
  /** Any code; status and message are the catalogue's unless given. */
  error: { fields: ['code', 'status', 'message'], strike: (fields) => ({ before: errorOf(fields) }) },
  forceIpNotEnough: {
    fields: ['vSwitchId'],
    actions: ['CreateNetworkInterface', 'AssignPrivateIpAddresses'],
    strike: (fields) => ({ before: ipNotEnough(fields.text('vSwitchId')) }),
  },
};

function errorOf(fields: JsonFields): CloudError {
  const code = fields.text('code');
  const usual = isErrorCode(code) ? cloudError(code) : undefined;
  const status = fields.given('status', (name) => fields.number(name, { min: 400, max: 599 })) ?? usual?.status;
  if (status === undefined) throw new SimulatorError('effect.status', 'a status for an unknown code', status);
  return new CloudError(code, status, fields.given('message', fields.text) ?? usual?.message ?? code);
}
