import { jsonFields } from '../control/json-fields.js';
import type { SimulatedCloud } from '../simulated-cloud.js';
import { SimulatorError } from '../simulator-error.js';
import { accountHarms } from './account.js';
import { behindOurBackHarms } from './behind-our-back.js';
import type { HarmTable } from './harm.js';
import { vSwitchHarms } from './vswitch.js';

export const harms: HarmTable = { ...vSwitchHarms, ...behindOurBackHarms, ...accountHarms };

/**
 * Lets something happen that no client asked for, for example `doHarm(cloud, 'exhaust', { vSwitchId })`.
 * @throws SimulatorError when there is no such harm, or it cannot happen
 */
export function doHarm(cloud: SimulatedCloud, name: string, parameters: unknown): object {
  const harm = Object.hasOwn(harms, name) ? harms[name] : undefined;
  if (!harm) throw new SimulatorError('event', `one of ${Object.keys(harms).join(', ')}`, name);
  return harm.happen(cloud, jsonFields(parameters, '', harm.fields));
}
