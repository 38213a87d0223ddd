import { giveBackAddresses, takeAddresses } from '../address-book.js';
import type { JsonFields } from '../control/json-fields.js';
import { enisOn, eniOf, writeEni } from '../eni-book.js';
import { unplug, vanish } from '../lifecycle.js';
import { SimulatorError } from '../simulator-error.js';
import type { Eni, Instance, World } from '../world.js';
import type { HarmTable } from './harm.js';

/** Somebody at the console, or another tool, changes what our clients believe is theirs. */
export const behindOurBackHarms: HarmTable = {
  /** At once, whatever state it is in. */
  externalDetach: {
    fields: ['eniId'],
    happen: (cloud, fields) =>
      cloud.change((world, nowMs) => {
        unplug(world, secondaryEni(world, fields), nowMs);
        return {};
      }),
  },
  /** At once, even from an instance. */
  externalDelete: {
    fields: ['eniId'],
    happen: (cloud, fields) =>
      cloud.change((world, nowMs) => {
        vanish(world, secondaryEni(world, fields), nowMs);
        return {};
      }),
  },
  externalUnassign: {
    fields: ['eniId', 'ip'],
    happen: (cloud, fields) =>
      cloud.change((world, nowMs) => {
        const eni = knownEni(world, fields);
        const ip = fields.text('ip');
        if (!eni.ips.includes(ip) || ip === eni.primaryIp) {
          throw new SimulatorError('ip', `a secondary address of ${eni.id}`, ip);
        }
        writeEni(world, { ...eni, ips: eni.ips.filter((other) => other !== ip) }, nowMs);
        giveBackAddresses(world, eni.vSwitchId, [ip], nowMs);
        return {};
      }),
  },
  externalAssign: {
    fields: ['eniId', 'count'],
    happen: (cloud, fields) =>
      cloud.change((world, nowMs) => {
        const eni = knownEni(world, fields);
        const vSwitch = world.vSwitches.get(eni.vSwitchId);
        const count = fields.number('count', { min: 1 });
        const ips = vSwitch && takeAddresses(world, vSwitch, { count, eniId: eni.id }, nowMs);
        if (!ips) throw new SimulatorError('count', `at most what ${eni.vSwitchId} has free`, count);
        writeEni(world, { ...eni, ips: [...eni.ips, ...ips] }, nowMs);
        return { ips };
      }),
  },
  /** The instance vanishes with its primary ENI, and with others as they are set to. */
  releaseInstance: {
    fields: ['instanceId'],
    happen: (cloud, fields) =>
      cloud.change((world, nowMs) => {
        const { id } = knownInstance(world, fields);
        for (const eni of enisOn(world, id)) {
          if (eni.type === 'Primary' || eni.deleteOnRelease) vanish(world, eni, nowMs);
          else unplug(world, eni, nowMs);
        }
        world.instances.delete(id);
        return {};
      }),
  },
  setInstanceStatus: {
    fields: ['instanceId', 'status'],
    happen: (cloud, fields) =>
      cloud.change((world) => {
        const status = fields.choice('status', ['Running', 'Stopped', 'Starting', 'Stopping', 'Pending']);
        knownInstance(world, fields).status = status;
        return {};
      }),
  },
};

function knownEni(world: World, fields: JsonFields): Eni {
  const eni = eniOf(world, fields.text('eniId'));
  if (!eni) throw new SimulatorError('eniId', 'an ENI that exists', fields.text('eniId'));
  return eni;
}

function secondaryEni(world: World, fields: JsonFields): Eni {
  const eni = knownEni(world, fields);
  if (eni.type === 'Primary') throw new SimulatorError('eniId', 'no primary ENI', eni.id);
  return eni;
}

function knownInstance(world: World, fields: JsonFields): Instance {
  const instance = world.instances.get(fields.text('instanceId'));
  if (!instance) throw new SimulatorError('instanceId', 'an instance that exists', fields.text('instanceId'));
  return instance;
}
