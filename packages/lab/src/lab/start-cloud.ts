import { type PresetName, type Seed, type Simulator, startSimulator } from '@terway/cloud-simulator';
import type { Teardown } from '../run/teardown.js';
import type { VpcParts } from './start-vpc.js';
import type { Topology } from './topology.js';

export interface CloudParts {
  readonly topology: Topology;
  readonly preset: PresetName;
  /** 0 takes any free port. */
  readonly ports: { readonly openApi: number; readonly metadata: number; readonly control: number };
  readonly teardown: Teardown;
}

/** Starts the cloud on loopback, with the topology's VPC and instances in it. @throws ListenError */
export async function startCloud({ topology, preset, ports, teardown }: CloudParts): Promise<Simulator> {
  const { regionId } = topology;
  const simulator = await startSimulator({ preset, regionId, ports, world: seedOf(topology) });
  teardown.add('cloud', () => simulator.stop());
  return simulator;
}

/** What is attached now, then every change. */
export function linksOf({ cloud }: Simulator): VpcParts['followLinks'] {
  return (listener) => {
    cloud.links().plugged.forEach(listener);
    return cloud.onLink(listener);
  };
}

export function seedOf({ vpc, vSwitches, securityGroupId, instanceType, nodes }: Topology): Seed {
  return {
    vpcs: [vpc],
    vSwitches: vSwitches.map(({ id, zoneId, cidr }) => ({ id, vpcId: vpc.id, zoneId, cidr })),
    securityGroups: [{ id: securityGroupId, vpcId: vpc.id, type: 'enterprise' }],
    instances: nodes.map(({ instanceId, vSwitchId }) => ({
      id: instanceId,
      type: instanceType,
      vSwitchId,
      securityGroupIds: [securityGroupId],
    })),
  };
}
