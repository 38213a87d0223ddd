import { requireEni, requireInstance } from '../checks.js';
import { cloudError } from '../cloud-error.js';
import { enisOn } from '../eni-book.js';
import { beginAttach, requireState } from '../lifecycle.js';
import { refuseParameters, required } from '../params.js';
import type { Eni, Instance, World } from '../world.js';
import type { Action } from './action.js';

/** Asynchronous: `Attaching` at once, `InUse` later, or `Available` again when it fails. */
export const attachNetworkInterface: Action = {
  product: 'ecs',
  name: 'AttachNetworkInterface',
  needsRegion: true,
  takesToken: false,
  run(world, params, at) {
    const eni = requireEni(world, required(params, 'NetworkInterfaceId'));
    const instance = requireInstance(world, required(params, 'InstanceId'));
    refuseParameters(params, ['TrunkNetworkInstanceId']);
    if (instance.status !== 'Running' && instance.status !== 'Stopped') {
      throw cloudError('InvalidOperation.InvalidEcsState', `"${instance.id}" is ${instance.status}.`);
    }
    requireState(eni, 'attach');
    requireSamePlace(eni, instance);
    requireSlot(world, eni, instance);
    beginAttach(world, eni, instance.id, at);
    return {};
  },
};

function requireSamePlace(eni: Eni, instance: Instance): void {
  if (eni.vpcId !== instance.vpcId) throw cloudError('InvalidOperation.VpcMismatch');
  if (eni.zoneId !== instance.zoneId) throw cloudError('InvalidOperation.AvailabilityZoneMismatch');
}

/** ENIs that are on their way to the instance or from it hold their slot. */
function requireSlot(world: World, eni: Eni, instance: Instance): void {
  const type = world.instanceTypes.get(instance.instanceType);
  if (!type) throw new Error(`instance ${instance.id} is of type ${instance.instanceType}, which does not exist`);
  const present = enisOn(world, instance.id);
  if (present.length >= type.enis) {
    throw cloudError('EniPerInstanceLimitExceeded', `"${instance.id}" (${type.id}) takes ${type.enis}.`);
  }
  if (eni.ips.length > type.ipsPerEni) {
    throw cloudError('InvalidOperation.Ipv4CountExceeded', `${type.id} takes ${type.ipsPerEni} on an ENI.`);
  }
  if (present.filter(({ status }) => status === 'Attaching').length >= world.knobs.attachesAtOnce) {
    throw cloudError(
      'Operation.Conflict',
      `${world.knobs.attachesAtOnce} ENIs are being attached to "${instance.id}".`,
    );
  }
}
