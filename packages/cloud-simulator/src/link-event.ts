import type { Eni } from './world.js';

/**
 * What happens to the network interfaces of an instance, for whoever plays its hardware: an ENI is plugged when its
 * attachment completes and unplugged when its detachment completes or it vanishes; `addresses` follows each change of
 * the addresses of a plugged ENI.
 */
export interface LinkEvent {
  readonly kind: 'attached' | 'detached' | 'addresses';
  readonly atMs: number;
  readonly instanceId: string;
  readonly eniId: string;
  readonly mac: string;
  /** 0 is the primary ENI. */
  readonly deviceIndex: number;
  readonly vSwitchId: string;
  readonly primaryIp: string;
  /** All addresses after the event, the primary one first. */
  readonly ips: readonly string[];
}

/** The events between two versions of one ENI; undefined is an ENI that does not exist. */
export function linkEventsBetween(before: Eni | undefined, after: Eni | undefined, atMs: number): readonly LinkEvent[] {
  const [was, is] = [pluggedInto(before), pluggedInto(after)];
  if (before && was && was === is && after) {
    return sameList(before.ips, after.ips) ? [] : [linkEvent('addresses', after, atMs)];
  }
  return [
    ...(before && was ? [linkEvent('detached', before, atMs)] : []),
    ...(after && is ? [linkEvent('attached', after, atMs)] : []),
  ];
}

/** Of an ENI that has an attachment. */
export function linkEvent(kind: LinkEvent['kind'], eni: Eni, atMs: number): LinkEvent {
  const { id, mac, vSwitchId, primaryIp, ips, attachment } = eni;
  const { instanceId = '', deviceIndex = -1 } = attachment ?? {};
  return { kind, atMs, instanceId, eniId: id, mac, deviceIndex, vSwitchId, primaryIp, ips };
}

/** The instance whose guest sees the link; it keeps it until the detachment is complete. */
export function pluggedInto(eni: Eni | undefined): string | undefined {
  return eni && eni.status !== 'Attaching' ? eni.attachment?.instanceId : undefined;
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
