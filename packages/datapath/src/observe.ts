import { hostPrefix } from './address.js';
import type { AddressFact, LinkFact, NamespaceFacts, NeighbourFact, RouteFact, RuleFact } from './facts.js';

/**
 * What `ip -details -json -batch -` is asked; `parseFacts` reads the answers in this order. Rules come before routes: a
 * pod that is wired meanwhile shows its route without its rules, never rules that seem to lead nowhere.
 */
export const observeLines = ['address show', 'rule show', 'route show table all', 'neighbour show'] as const;

interface IpLink {
  ifname: string;
  ifindex: number;
  address?: string;
  mtu: number;
  flags: string[];
  link_index?: number;
  linkinfo?: { info_kind?: string };
  addr_info?: { family?: string; local?: string; prefixlen?: number; scope?: string }[];
}
interface IpRoute {
  dst: string;
  dev?: string;
  gateway?: string;
  table?: string;
  scope?: string;
  protocol?: string;
}
type IpRule = {
  priority: number;
  src: string;
  srclen?: number;
  dst?: string;
  dstlen?: number;
  table?: string;
} & Record<string, unknown>;
interface IpNeighbour {
  dst: string;
  dev: string;
  lladdr?: string;
  state?: string[];
}

/** Text of ip(8): one JSON array per line, in the order of `observeLines`. @throws SyntaxError when it is not JSON */
export function parseFacts(text: string): NamespaceFacts {
  const answers = text.split('\n').filter((row) => row.trim() !== '');
  const [links = [], rules = [], routes = [], neighbours = []] = answers.map((row) => JSON.parse(row) as unknown[]);
  return {
    links: (links as IpLink[]).map(toLink),
    addresses: (links as IpLink[]).flatMap(toAddresses),
    routes: (routes as IpRoute[]).filter(isSetByHand).map(toRoute),
    rules: (rules as IpRule[]).map(toRule),
    neighbours: (neighbours as IpNeighbour[]).flatMap(toNeighbour),
  };
}

function toLink(link: IpLink): LinkFact {
  return {
    dev: link.ifname,
    ifIndex: link.ifindex,
    mac: link.address ?? '',
    mtu: link.mtu,
    up: link.flags.includes('UP'),
    kind: link.linkinfo?.info_kind ?? '',
    peerIfIndex: link.link_index,
  };
}

function toAddresses(link: IpLink): readonly AddressFact[] {
  return (link.addr_info ?? []).flatMap(({ local, prefixlen, scope }) =>
    local === undefined ? [] : [{ dev: link.ifname, prefix: `${local}/${prefixlen}`, scope: scope ?? '' }],
  );
}

function isSetByHand(route: IpRoute): boolean {
  return route.table !== 'local' && route.protocol !== 'kernel';
}

function toRoute(route: IpRoute): RouteFact {
  return {
    to: toPrefix(route.dst),
    dev: route.dev ?? '',
    via: route.gateway,
    table: route.table ?? 'main',
    scope: route.scope ?? 'global',
  };
}

const plainRuleKeys = new Set(['priority', 'src', 'srclen', 'dst', 'dstlen', 'table', 'protocol']);

function toRule(rule: IpRule): RuleFact {
  return {
    priority: rule.priority,
    from: rule.src === 'all' ? undefined : withLength(rule.src, rule.srclen),
    to: rule.dst === undefined ? undefined : withLength(rule.dst, rule.dstlen),
    table: rule.table ?? '',
    hasOtherSelectors: Object.keys(rule).some((key) => !plainRuleKeys.has(key)),
  };
}

function toNeighbour(entry: IpNeighbour): readonly NeighbourFact[] {
  if (entry.lladdr === undefined) return [];
  const permanent = entry.state?.includes('PERMANENT') ?? false;
  return [{ ip: entry.dst, dev: entry.dev, mac: entry.lladdr, permanent }];
}

function withLength(ip: string, length: number | undefined): string {
  return length === undefined ? hostPrefix(ip) : `${ip}/${length}`;
}

/** ip(8) leaves out the length of a prefix that holds one address. */
function toPrefix(destination: string): string {
  return destination === 'default' || destination.includes('/') ? destination : hostPrefix(destination);
}
