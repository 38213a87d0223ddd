import type { CloudApi, CloudInstanceType, Outcome } from '@terway/cloud';
import type { NodeLimits } from '@terway/ipam-core';
import { SingleFlight } from '@terway/runtime';

/** What the cloud says of an instance: its limits, that it does not know it, or nothing. */
export type InstanceAnswer =
  | { readonly kind: 'known'; readonly limits: NodeLimits }
  | { readonly kind: 'unknown-instance' }
  | { readonly kind: 'no-answer'; readonly outcome: Exclude<Outcome<unknown>, { kind: 'done' }> }
  | { readonly kind: 'unknown-type'; readonly instanceType: string };

/** Limits of instances; those of a type are asked for once, however many nodes of it come at the same time. */
export class InstanceLimits {
  private readonly types = new Map<string, CloudInstanceType>();
  private readonly asking = new SingleFlight<string, Outcome<unknown>>();

  constructor(private readonly cloud: CloudApi) {}

  async of(instanceId: string, signal: AbortSignal): Promise<InstanceAnswer> {
    const instances = await this.cloud.listInstances([instanceId], signal);
    if (instances.kind !== 'done') return { kind: 'no-answer', outcome: instances };
    const instance = instances.value.find((candidate) => candidate.instanceId === instanceId);
    if (instance === undefined) return { kind: 'unknown-instance' };
    const { instanceType, zoneId, vpcId, vSwitchId, securityGroupIds } = instance;
    const asked = await this.learnType(instanceType, signal);
    if (asked.kind !== 'done') return { kind: 'no-answer', outcome: asked };
    const type = this.types.get(instanceType);
    if (type === undefined) return { kind: 'unknown-type', instanceType };
    const { enis, ipsPerEni } = type;
    return { kind: 'known', limits: { instanceType, zoneId, vpcId, vSwitchId, securityGroupIds, enis, ipsPerEni } };
  }

  private async learnType(instanceType: string, signal: AbortSignal): Promise<Outcome<unknown>> {
    const known = this.types.get(instanceType);
    if (known !== undefined) return { kind: 'done', value: known, requestId: '' };
    return this.asking.run(instanceType, async () => {
      const types = await this.cloud.listInstanceTypes([instanceType], signal);
      if (types.kind === 'done') for (const type of types.value) this.types.set(type.instanceType, type);
      return types;
    });
  }
}
