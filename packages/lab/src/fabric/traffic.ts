import type { PortFact } from './fact.js';
import { parseTable } from './observe.js';

/** What has passed the fabric since it stands. An ENI's numbers begin anew when it leaves the fabric and comes back. */
export interface FabricTraffic {
  readonly enis: readonly EniTraffic[];
  /** Packets for addresses that nobody owned; each named with the ENI that sent them. */
  readonly unowned: readonly { readonly eniId: string; readonly destination: string; readonly packets: number }[];
}

export interface EniTraffic {
  readonly eniId: string;
  /** IPv4 packets that the ENI sent from its own addresses. */
  readonly sent: number;
  /** IPv4 packets delivered to the ENI. */
  readonly received: number;
  /** IPv4 packets dropped because their source was not an address of the ENI that they left from. */
  readonly spoofed: readonly { readonly source: string; readonly packets: number }[];
}

/** Joins `nft -j list table` with the ports that the names in it stand for. */
export function trafficOf(tableText: string, ports: readonly PortFact[]): FabricTraffic {
  const table = parseTable(tableText);
  const eniOf = new Map(ports.map(({ port, eniId }) => [port, eniId]));
  return {
    enis: ports.map(({ port, eniId }) => ({
      eniId,
      sent: table.counters.get(`sent_${port}`)?.packets ?? 0,
      received: table.counters.get(`received_${port}`)?.packets ?? 0,
      spoofed: table.spoofed.filter((pair) => pair.port === port).map(({ ip, packets }) => ({ source: ip, packets })),
    })),
    // a packet can come from a port that has left the fabric since: then its name is all there is
    unowned: table.unowned.map(({ port, ip, packets }) => ({
      eniId: eniOf.get(port) ?? port,
      destination: ip,
      packets,
    })),
  };
}
