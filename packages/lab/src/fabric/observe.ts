import { LabError } from '../lab-error.js';
import type { Fact, PortFact } from './fact.js';

/**
 * The facts that are present, in the order in which they would be added.
 *
 * @param ipText one line of JSON each for the addresses of `lo`, the links and the routes, as `ip -j -batch` has it
 * @param tableText as `nft -j list table` has it
 * @throws LabError `unexpected-output`
 */
export function observeFabric(ipText: string, tableText: string): readonly Fact[] {
  const [addresses = '', links = '', routes = ''] = ipText.split('\n');
  const table = parseTable(tableText);
  return [
    ...localsIn(addresses),
    ...table.meters.map((port): Fact => ({ kind: 'meter', port })),
    ...table.permits.map(({ port, ip }): Fact => ({ kind: 'permit', port, ip })),
    ...portsIn(links),
    ...routesIn(routes),
  ];
}

const portPattern = /^e[0-9a-f]{12}$/;

/** Every port, even one that was never finished: it carries no alias, and so equals no wanted one. */
function portsIn(text: string): PortFact[] {
  return parse<{ ifname: string; ifalias?: string }[]>(text, 'ip -j link')
    .filter(({ ifname }) => portPattern.test(ifname))
    .map(({ ifname, ifalias = '' }) => {
      const [eniId = '', mac = '', netns = '', role = ''] = ifalias.split(' ');
      return { kind: 'port', port: ifname, eniId, mac, netns, primary: role === 'primary' };
    });
}

function localsIn(text: string): Fact[] {
  return parse<{ addr_info: { family: string; local: string; scope: string }[] }[]>(text, 'ip -j address')
    .flatMap((link) => link.addr_info)
    .filter(({ family, scope }) => family === 'inet' && scope === 'global')
    .map(({ local }): Fact => ({ kind: 'local', ip: local }));
}

function routesIn(text: string): Fact[] {
  return parse<{ dst: string; dev?: string }[]>(text, 'ip -j route')
    .filter(({ dev = '' }) => portPattern.test(dev))
    .map(({ dst, dev = '' }): Fact => ({ kind: 'route', port: dev, ip: dst }));
}

/** The parts of nft's JSON (libnftables-json(5)) that the fabric uses. */
interface NftTable {
  readonly nftables: readonly {
    readonly set?: { readonly name: string; readonly elem?: readonly unknown[] };
    readonly map?: { readonly name: string; readonly elem?: readonly unknown[] };
    readonly counter?: { readonly name: string; readonly packets: number; readonly bytes: number };
  }[];
}

interface Traffic {
  readonly packets: number;
  readonly bytes: number;
}

interface ParsedTable {
  readonly permits: readonly { readonly port: string; readonly ip: string }[];
  readonly meters: readonly string[];
  readonly counters: ReadonlyMap<string, Traffic>;
  readonly spoofed: readonly CountedPair[];
  readonly unowned: readonly CountedPair[];
}

interface CountedPair {
  readonly port: string;
  readonly ip: string;
  readonly packets: number;
}

/** @throws LabError `unexpected-output` */
export function parseTable(text: string): ParsedTable {
  const { nftables } = parse<NftTable>(text, 'nft -j list table');
  const elementsOf = (name: string) =>
    nftables.flatMap(({ set, map }) => [set, map]).find((one) => one?.name === name)?.elem ?? [];
  return {
    permits: elementsOf('owned').map(pairOf),
    meters: elementsOf('received').map((element) => String((element as unknown[])[0])),
    counters: new Map(nftables.flatMap(({ counter }) => (counter === undefined ? [] : [[counter.name, counter]]))),
    spoofed: elementsOf('spoofed').map(countedPairOf),
    unowned: elementsOf('unowned').map(countedPairOf),
  };
}

function pairOf(element: unknown): { port: string; ip: string } {
  const [port = '', ip = ''] = (element as { concat: string[] }).concat;
  return { port, ip };
}

function countedPairOf(element: unknown): CountedPair {
  const { val, counter } = (element as { elem: { val: unknown; counter: Traffic } }).elem;
  return { ...pairOf(val), packets: counter.packets };
}

function parse<T>(text: string, source: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new LabError('unexpected-output', `${source}: expected JSON, got '${text.slice(0, 80)}'`, { cause });
  }
}
