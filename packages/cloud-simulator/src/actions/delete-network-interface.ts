import { requireEni } from '../checks.js';
import { beginDelete, requireState } from '../lifecycle.js';
import { required } from '../params.js';
import type { Action } from './action.js';

/** Asynchronous: `Deleting` at once, gone later. The same call again starts a stuck one afresh. */
export const deleteNetworkInterface: Action = {
  product: 'ecs',
  name: 'DeleteNetworkInterface',
  needsRegion: true,
  takesToken: false,
  run(world, params, at) {
    const eni = requireEni(world, required(params, 'NetworkInterfaceId'));
    requireState(eni, 'delete');
    beginDelete(world, eni, at);
    return {};
  },
};
