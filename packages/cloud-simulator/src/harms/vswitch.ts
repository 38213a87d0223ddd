import { setFreeAddresses } from '../address-book.js';
import type { JsonFields } from '../control/json-fields.js';
import type { SimulatedCloud } from '../simulated-cloud.js';
import { SimulatorError } from '../simulator-error.js';
import type { HarmTable } from './harm.js';

/** Another product takes addresses of a vSwitch, or gives its own back. */
export const vSwitchHarms: HarmTable = {
  exhaust: { fields: ['vSwitchId'], happen: (cloud, fields) => setFree(cloud, fields, 0) },
  setFree: {
    fields: ['vSwitchId', 'free'],
    happen: (cloud, fields) => setFree(cloud, fields, fields.number('free', { min: 0 })),
  },
};

function setFree(cloud: SimulatedCloud, fields: JsonFields, free: number): { readonly free: number } {
  return cloud.change((world, nowMs) => {
    const vSwitch = world.vSwitches.get(fields.text('vSwitchId'));
    if (!vSwitch) throw new SimulatorError('vSwitchId', 'a vSwitch that exists', fields.text('vSwitchId'));
    return { free: setFreeAddresses(world, vSwitch, free, nowMs) };
  });
}
