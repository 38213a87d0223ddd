import { type Action, productVersions } from './action.js';
import { assignPrivateIpAddresses } from './assign-private-ip-addresses.js';
import { attachNetworkInterface } from './attach-network-interface.js';
import { createNetworkInterface } from './create-network-interface.js';
import { deleteNetworkInterface } from './delete-network-interface.js';
import { describeInstanceTypes } from './describe-instance-types.js';
import { describeInstances } from './describe-instances.js';
import { describeNetworkInterfaces } from './describe-network-interfaces.js';
import { describeVSwitches } from './describe-v-switches.js';
import { detachNetworkInterface } from './detach-network-interface.js';
import { unassignPrivateIpAddresses } from './unassign-private-ip-addresses.js';

export const actions: readonly Action[] = [
  createNetworkInterface,
  attachNetworkInterface,
  detachNetworkInterface,
  deleteNetworkInterface,
  describeNetworkInterfaces,
  assignPrivateIpAddresses,
  unassignPrivateIpAddresses,
  describeInstances,
  describeInstanceTypes,
  describeVSwitches,
];

/** Names repeat across products: the version tells them apart. */
export function findAction(name: string, version: string): Action | undefined {
  return actions.find((action) => action.name === name && productVersions[action.product] === version);
}
