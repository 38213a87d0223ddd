import type { CloudApi, CloudInstanceType, Outcome } from '@terway/cloud';
import type { NodeLimits } from '@terway/ipam-core';

/** What the cloud says of an instance: its limits, that it does not know it, or nothing. */
export type InstanceAnswer =
  | { readonly kind: 'known'; readonly limits: NodeLimits }
  | { readonly kind: 'unknown-instance' }
  | { readonly kind: 'no-answer'; readonly outcome: Exclude<Outcome<unknown>, { kind: 'done' }> }
  | { readonly kind: 'unknown-type'; readonly instanceType: string };

/** Limits of instances; those of a type are asked for once. */
export class InstanceLimits {
  private readonly types = new Map<string, CloudInstanceType>();

  constructor(private readonly cloud: CloudApi) {}

  async of(instanceId: string, signal: AbortSignal): Promise<InstanceAnswer> {
    const instances = await this.cloud.listInstances([instanceId], signal);
    if (instances.kind !== 'done') return { kind: 'no-answer', outcome: instances };
    const instance = instances.value.find((candidate) => candidate.instanceId === instanceId);
    if (instance === undefined) return { kind: 'unknown-instance' };
    const { instanceType, zoneId, vpcId, vSwitchId, securityGroupIds } = instance;
    if (!this.types.has(instanceType)) {
      const types = await this.cloud.listInstanceTypes([instanceType], signal);
      if (types.kind !== 'done') return { kind: 'no-answer', outcome: types };
      for (const type of types.value) this.types.set(type.instanceType, type);
    }
    const type = this.types.get(instanceType);
    if (type === undefined) return { kind: 'unknown-type', instanceType };
    const { enis, ipsPerEni } = type;
    return { kind: 'known', limits: { instanceType, zoneId, vpcId, vSwitchId, securityGroupIds, enis, ipsPerEni } };
  }
}
