import { fromPodPriority, isHostIfName, type KernelFacts, tableOf, toPodPriority } from '@terway/datapath';
import type { EniLink, KernelView, ShownAddress } from './pod-datapath.js';

/**
 * What the facts of a host say about pods: an address is in use when a rule of ours names it, or a route leads to it
 * through a host end of ours.
 */
export function toKernelView({ host }: KernelFacts): KernelView {
  const enis = host.links
    .filter(({ dev, mac }) => dev !== 'lo' && mac !== '' && !isHostIfName(dev))
    .map(({ dev, ifIndex, mac }): EniLink => ({ ifName: dev, ifIndex, mac: mac.toLowerCase() }));
  const macOfTable = new Map(enis.map((eni) => [String(tableOf(eni)), eni.mac]));
  const shown = new Map<string, ShownAddress>();
  const note = (prefix: string | undefined, seen: Partial<ShownAddress>): void => {
    const ip = soleAddress(prefix);
    if (ip === undefined) return;
    shown.set(ip, { hostInterface: undefined, eniMac: '', ...shown.get(ip), ...seen, ip });
  };

  for (const { to, dev, table } of host.routes) {
    if (table === 'main' && isHostIfName(dev)) note(to, { hostInterface: dev });
  }
  for (const rule of host.rules) {
    if (rule.hasOtherSelectors) continue;
    if (rule.priority === toPodPriority && rule.table === 'main') note(rule.to, {});
    if (rule.priority === fromPodPriority) note(rule.from, withMac(macOfTable.get(rule.table)));
  }
  const hostInterfaces = host.links.map(({ dev }) => dev).filter(isHostIfName);
  return { addresses: [...shown.values()], hostInterfaces, enis };
}

function withMac(eniMac: string | undefined): Partial<ShownAddress> {
  return eniMac === undefined ? {} : { eniMac };
}

function soleAddress(prefix: string | undefined): string | undefined {
  return prefix?.endsWith('/32') === true ? prefix.slice(0, -3) : undefined;
}
