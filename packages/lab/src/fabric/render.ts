import { aliasOf, type Fact } from './fact.js';
import type { FabricChange } from './diff-fabric.js';

export const table = 'ip terway_vpc';
/** The link behind which addresses lie that nobody owns. */
export const nowhere = 'nowhere';
/** MAC of every gateway, as in the cloud: a neighbour entry of a node outlives the re-plugging of an ENI. */
const gatewayMac = 'ee:ff:ff:ff:ff:ff';
/** Next hop behind every port; its neighbour entry is the ENI's MAC, so an address costs one route. */
const eniHop = '169.254.0.1';

/**
 * The table before any ENI is plugged. `owned` rules both directions, so one transaction moves an address from one ENI
 * to another; what matches nothing is dropped by the chain's policy and counted under the ENI it came from.
 */
export const emptyTable: readonly string[] = [
  `table ${table} {`,
  '  set owned { type ifname . ipv4_addr; }',
  '  set spoofed { type ifname . ipv4_addr; size 65535; flags dynamic; }',
  '  set unowned { type ifname . ipv4_addr; size 65535; flags dynamic; }',
  '  map sent { type ifname : counter; }',
  '  map received { type ifname : counter; }',
  '  chain enter {',
  '    type filter hook prerouting priority raw; policy drop;',
  '    iifname "lo" accept',
  '    iifname . ip saddr @owned counter name iifname map @sent accept',
  '    update @spoofed { iifname . ip saddr counter }',
  '  }',
  '  chain pass {',
  '    type filter hook forward priority filter; policy drop;',
  '    oifname . ip daddr @owned accept',
  '    update @unowned { iifname . ip daddr counter }',
  '  }',
  '  chain deliver {',
  '    type filter hook postrouting priority filter;',
  '    counter name oifname map @received',
  '  }',
  '}',
];

/** The fabric's namespace before any ENI is plugged. */
export const emptyRouter: readonly string[] = [
  'link set dev lo up',
  `link add dev ${nowhere} type veth peer name ${nowhere}-end`,
  `link set dev ${nowhere} up`,
  `route add default dev ${nowhere}`,
];

/** Sysctls of the fabric, set before the first link exists, since links take `default` at birth. */
export const routerSysctls: readonly string[] = [
  'net.ipv4.ip_forward=1',
  'net.ipv4.conf.default.proxy_arp=1',
  'net.ipv4.conf.all.rp_filter=0',
  'net.ipv4.conf.default.rp_filter=0',
  'net.ipv4.conf.all.send_redirects=0',
  'net.ipv4.conf.default.send_redirects=0',
  'net.ipv6.conf.all.disable_ipv6=1',
  'net.ipv6.conf.default.disable_ipv6=1',
];

interface Lines {
  readonly nft: readonly string[];
  readonly ip: readonly string[];
}

/** Lines for `nft -f` and `ip -batch`; the first are to be carried out first. */
export function renderChange(change: FabricChange): Lines {
  const lines = [...change.gone.toReversed().map(removal), ...change.added.map(addition)];
  return { nft: lines.flatMap(({ nft = [] }) => nft), ip: lines.flatMap(({ ip = [] }) => ip) };
}

function addition(fact: Fact): Partial<Lines> {
  switch (fact.kind) {
    case 'local':
      return { ip: [`address add ${fact.ip}/32 dev lo`] };
    case 'meter':
      return {
        nft: meterOf(fact.port).flatMap(({ counter, element }) => [`add counter ${counter}`, `add ${element}`]),
      };
    case 'permit':
      return { nft: [`add ${permitOf(fact.port, fact.ip)}`] };
    case 'port':
      return {
        ip: [
          `link add dev ${fact.port} address ${gatewayMac} type veth ` +
            `peer name ${fact.primary ? 'eth0' : 'eth%d'} address ${fact.mac} netns ${fact.netns}`,
          `link set dev ${fact.port} up`,
          `ntable change name arp_cache dev ${fact.port} proxy_delay 0`,
          `neighbour replace ${eniHop} lladdr ${fact.mac} dev ${fact.port} nud permanent`,
          // last: a port without its alias was never finished, and is made anew
          `link set dev ${fact.port} alias "${aliasOf(fact)}"`,
        ],
      };
    case 'route':
      return { ip: [`route replace ${fact.ip}/32 via ${eniHop} dev ${fact.port} onlink`] };
  }
}

function removal(fact: Fact): Partial<Lines> {
  switch (fact.kind) {
    case 'local':
      return { ip: [`address del ${fact.ip}/32 dev lo`] };
    case 'meter':
      return {
        nft: meterOf(fact.port).flatMap(({ counter, element }) => [`delete ${element}`, `delete counter ${counter}`]),
      };
    case 'permit':
      return { nft: [`delete ${permitOf(fact.port, fact.ip)}`] };
    case 'port':
      return { ip: [`link del dev ${fact.port}`] };
    case 'route':
      return { ip: [`route del ${fact.ip}/32 via ${eniHop} dev ${fact.port}`] };
  }
}

function permitOf(port: string, ip: string): string {
  return `element ${table} owned { "${port}" . ${ip} }`;
}

function meterOf(port: string): { counter: string; element: string }[] {
  return ['sent', 'received'].map((map) => ({
    counter: `${table} ${map}_${port}`,
    element: `element ${table} ${map} { "${port}" : "${map}_${port}" }`,
  }));
}
