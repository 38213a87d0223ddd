import type { Eni, VSwitch, Vpc } from '../fabric/vpc.js';

/** What the lab needs of the simulator's events: an ENI as it is after the event. */
export interface LinkChange {
  readonly kind: 'attached' | 'detached' | 'addresses';
  readonly instanceId: string;
  readonly eniId: string;
  readonly mac: string;
  /** 0 is the primary ENI. */
  readonly deviceIndex: number;
  readonly vSwitchId: string;
  readonly ips: readonly string[];
}

/** ENIs that the cloud has attached, by id: what its link events add up to. */
export type PluggedEnis = ReadonlyMap<string, LinkChange>;

/** What is plugged after one more event. */
export function afterLinkChange(plugged: PluggedEnis, event: LinkChange): PluggedEnis {
  const next = new Map(plugged);
  if (event.kind === 'detached') next.delete(event.eniId);
  else next.set(event.eniId, event);
  return next;
}

/** The VPC as the fabric is to carry it. ENIs of instances that are no nodes of the lab stay unplugged. */
export function vpcOf(
  plugged: PluggedEnis,
  lab: {
    /** Instance id → namespace. */
    readonly nodes: ReadonlyMap<string, string>;
    readonly vSwitches: readonly VSwitch[];
    readonly services: readonly string[];
  },
): Vpc {
  const enis = [...plugged.values()].map(({ eniId, mac, vSwitchId, ips, deviceIndex, instanceId }): Eni => {
    const netns = lab.nodes.get(instanceId);
    const eni = { eniId, mac, vSwitchId, ips, primary: deviceIndex === 0 };
    return netns === undefined ? eni : { ...eni, netns };
  });
  return { vSwitches: lab.vSwitches, services: lab.services, enis };
}
