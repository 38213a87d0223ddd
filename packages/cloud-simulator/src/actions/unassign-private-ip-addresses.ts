import { giveBackAddresses } from '../address-book.js';
import { requireEni, requireUnlocked } from '../checks.js';
import { cloudError } from '../cloud-error.js';
import { writeEni } from '../eni-book.js';
import { requireState } from '../lifecycle.js';
import { list, refuseParameters, required } from '../params.js';
import type { Action } from './action.js';

/** Synchronous, all or nothing. */
export const unassignPrivateIpAddresses: Action = {
  product: 'ecs',
  name: 'UnassignPrivateIpAddresses',
  needsRegion: true,
  takesToken: false,
  run(world, params, at) {
    const eni = requireEni(world, required(params, 'NetworkInterfaceId'));
    requireUnlocked(eni, at.nowMs);
    requireState(eni, 'change addresses');
    refuseParameters(params, ['Ipv4Prefix']);
    const ips = new Set(list(params, 'PrivateIpAddress'));
    if (ips.size === 0) throw cloudError('MissingParameter', '"PrivateIpAddress.N" is mandatory.');
    const stranger = [...ips].find((ip) => ip === eni.primaryIp || !eni.ips.includes(ip));
    if (stranger !== undefined)
      throw cloudError('InvalidIp.IpUnassigned', `"${stranger}" is not secondary on "${eni.id}".`);
    const lockedUntilMs = at.answeredAtMs + world.knobs.eniLockMs;
    writeEni(world, { ...eni, ips: eni.ips.filter((ip) => !ips.has(ip)), lockedUntilMs }, at.nowMs);
    giveBackAddresses(world, eni.vSwitchId, [...ips], at.nowMs);
    return {};
  },
};
