import { fromPodPriority, isHostIfName, type KernelFacts, tableOf, wiredAddresses } from '@terway/datapath';
import type { EniLink, KernelView, ShownAddress } from './pod-datapath.js';

/** What the facts of a host say about its ENIs and about the pods behind them. */
export function toKernelView(facts: KernelFacts): KernelView {
  const { links, rules } = facts.host;
  const hostInterfaces = links.map(({ dev }) => dev).filter(isHostIfName);
  const enis = links
    .filter(({ dev, mac }) => dev !== 'lo' && mac !== '' && !isHostIfName(dev))
    .map(({ dev, ifIndex, mac }): EniLink => ({ ifName: dev, ifIndex, mac: mac.toLowerCase() }));
  const macOfTable = new Map(enis.map((eni) => [String(tableOf(eni)), eni.mac]));
  const tableOfSource = new Map(
    rules.filter(({ priority }) => priority === fromPodPriority).map(({ from, table }) => [from, table]),
  );
  const addresses = wiredAddresses(facts).map(({ ip, hostIfName }) => ({
    ip,
    hostInterface: hostIfName,
    eniMac: macOfTable.get(tableOfSource.get(`${ip}/32`) ?? '') ?? '',
  }));
  return { addresses: addresses.filter(isOurs), hostInterfaces, enis };
}

/** Anyone may set a rule of our priorities; only ours lead to a host end of a pod, or into the table of an ENI. */
function isOurs({ hostInterface, eniMac }: ShownAddress): boolean {
  return hostInterface !== undefined || eniMac !== '';
}
