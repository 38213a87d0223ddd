import { hostPrefix } from '../address.js';
import type { PodAttachment } from '../attachment.js';
import type { Step } from '../step.js';

/** Terway's numbering: the table of an ENI follows from its link index on the host. */
export function tableOf(eni: { readonly ifIndex: number }): number {
  return 1000 + eni.ifIndex;
}

/** That the node forwards packets of its pods, for links there are and for those to come. Once per start. */
export function planHost(linkNames: readonly string[]): readonly Step[] {
  return ['all', 'default', ...linkNames].flatMap((name) => forwards(name).map((step) => ({ ...step, lasting: true })));
}

/** What the host must hold for an ENI before a pod can use it; shared by all pods of the ENI. */
export function planEni(attachment: Pick<PodAttachment, 'eni' | 'hostIp' | 'vSwitchGateway' | 'mtu'>): readonly Step[] {
  const { eni, hostIp, vSwitchGateway, mtu } = attachment;
  const here = { netns: 'host', lasting: true, dev: eni.ifName } as const;
  return [
    { ...here, kind: 'link', mtu },
    { ...here, kind: 'address', prefix: hostPrefix(hostIp) },
    { ...here, kind: 'route', to: 'default', via: vSwitchGateway, table: tableOf(eni) },
    ...forwards(eni.ifName).map((step) => ({ ...step, lasting: true as const })),
  ];
}

/** Replies leave by another link than the one that the main table names, so the reverse path is not checked. */
export function forwards(linkName: string): readonly Step[] {
  return [
    { netns: 'host', kind: 'sysctl', key: `net/ipv4/conf/${linkName}/forwarding`, value: '1' },
    { netns: 'host', kind: 'sysctl', key: `net/ipv4/conf/${linkName}/rp_filter`, value: '0' },
  ];
}
