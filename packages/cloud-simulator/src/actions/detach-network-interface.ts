import { requireEni } from '../checks.js';
import { cloudError } from '../cloud-error.js';
import { beginDetach, requireState } from '../lifecycle.js';
import { required } from '../params.js';
import type { Action } from './action.js';

/** Asynchronous: `Detaching` at once, `Available` later. The same call again starts a stuck one afresh. */
export const detachNetworkInterface: Action = {
  product: 'ecs',
  name: 'DetachNetworkInterface',
  needsRegion: true,
  takesToken: false,
  run(world, params, at) {
    const eni = requireEni(world, required(params, 'NetworkInterfaceId'));
    const instanceId = required(params, 'InstanceId');
    if (eni.type === 'Primary') throw cloudError('InvalidOperation.DetachPrimaryEniNotAllowed');
    requireState(eni, 'detach');
    if (eni.attachment?.instanceId !== instanceId) {
      throw cloudError('InvalidOperation.InvalidEniState', `"${eni.id}" is not attached to "${instanceId}".`);
    }
    beginDetach(world, eni, at);
    return {};
  },
};
