import type { NamespaceFacts } from './facts.js';
import type { Kernel, LineFailure, Netns } from './kernel.js';
import { refusalOf } from './refusal.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] };
type Namespace = Mutable<NamespaceFacts>;

export interface MemoryKernelOptions {
  /** Paths of the namespaces that exist beside the unnamed one. */
  readonly namespaces?: readonly string[];
  /** A kernel text makes that line fail; undefined lets it through. */
  readonly refuse?: (line: string) => string | undefined;
}

/** Fake of ip(8) and the kernel behind it: understands the lines of this package, and says no in the kernel's words. */
export class MemoryKernel implements Kernel {
  private readonly namespaces = new Map<Netns, Namespace>();
  private readonly refuse: (line: string) => string | undefined;
  private lastIfIndex = 0;
  /** Every batch that was carried out, with its lines: what would have cost a process each. */
  readonly batches: { readonly netns: Netns; readonly lines: readonly string[] }[] = [];
  readonly sysctls = new Map<string, string>();

  constructor({ namespaces = [], refuse = () => undefined }: MemoryKernelOptions = {}) {
    this.refuse = refuse;
    for (const netns of [undefined, ...namespaces]) this.namespaces.set(netns, emptyNamespace());
  }

  /** Plugs hardware in, as the cloud does with an ENI. */
  addLink(netns: Netns, dev: string, mac: string): number {
    const ifIndex = ++this.lastIfIndex;
    this.mustFind(netns).links.push({ dev, ifIndex, mac, mtu: 1500, up: false, kind: '', peerIfIndex: undefined });
    return ifIndex;
  }

  /** Its links die with it, and their peers elsewhere. */
  removeNamespace(netns: string): void {
    for (const { dev } of this.namespaces.get(netns)?.links ?? []) this.apply(netns, `link delete dev ${dev}`);
    this.namespaces.delete(netns);
  }

  async batch(netns: Netns, lines: readonly string[], onFailure: 'stop' | 'continue'): Promise<readonly LineFailure[]> {
    this.batches.push({ netns, lines });
    const failures: LineFailure[] = [];
    if (!this.namespaces.has(netns)) return [{ index: undefined, kernelText: missingText(netns) }];
    for (const [index, line] of lines.entries()) {
      const kernelText = this.refuse(line) ?? this.apply(netns, line);
      // ip(8) ends over an argument that it cannot make sense of, and blames no line
      if (kernelText?.startsWith('Error: argument') === true) return [...failures, { index: undefined, kernelText }];
      if (kernelText !== undefined) failures.push({ index, kernelText });
      if (kernelText !== undefined && onFailure === 'stop') break;
    }
    return failures;
  }

  async writeSysctls(netns: Netns, sysctls: Parameters<Kernel['writeSysctls']>[1]): Promise<void> {
    for (const { key, value } of sysctls) this.sysctls.set(`${netns ?? ''}:${key}`, value);
  }

  async observe(netns: Netns): Promise<NamespaceFacts> {
    return structuredClone(this.mustFind(netns));
  }

  /** @returns what the kernel says against it; undefined when it obeys */
  private apply(netns: Netns, line: string): string | undefined {
    const there = this.mustFind(netns);
    for (const [pattern, command] of this.commands) {
      const words = pattern.exec(line);
      if (words !== null) return command(there, words.slice(1), netns);
    }
    return `Command line is not complete: ${line}`;
  }

  private readonly commands: readonly [RegExp, Command][] = [
    [
      /^link add name (\S+) address (\S+) mtu (\d+) type veth peer name (\S+) address (\S+) mtu \d+ netns (\S+)$/,
      (here, [dev = '', mac = '', mtu, peerDev = '', peerMac = '', peerNetns]) => {
        const there = this.namespaces.get(peerNetns);
        if (there === undefined) return `Error: argument "${peerNetns}" is wrong: Invalid "netns" value`;
        if (find(here, dev) !== undefined || find(there, peerDev) !== undefined)
          return 'RTNETLINK answers: File exists';
        const [ifIndex, peerIfIndex] = [++this.lastIfIndex, ++this.lastIfIndex];
        const pair = { mtu: Number(mtu), up: false, kind: 'veth' };
        here.links.push({ ...pair, dev, mac, ifIndex, peerIfIndex });
        there.links.push({ ...pair, dev: peerDev, mac: peerMac, ifIndex: peerIfIndex, peerIfIndex: ifIndex });
        return undefined;
      },
    ],
    [
      /^link delete dev (\S+)$/,
      (here, [dev = '']) => {
        const link = find(here, dev);
        if (link === undefined) return noDevice(dev);
        for (const namespace of this.namespaces.values()) dropLinks(namespace, [link.ifIndex, link.peerIfIndex]);
        return undefined;
      },
    ],
    ...namespaceCommands,
  ];

  private mustFind(netns: Netns): Namespace {
    const found = this.namespaces.get(netns);
    if (found === undefined) throw refusalOf(missingText(netns), undefined);
    return found;
  }
}

type Command = (here: Namespace, words: readonly string[], netns: Netns) => string | undefined;

const namespaceCommands: readonly [RegExp, Command][] = [
  [
    /^link set dev (\S+) mtu (\d+) up$/,
    (here, [dev = '', mtu]) => {
      const link = find(here, dev);
      if (link === undefined) return noDevice(dev);
      here.links[here.links.indexOf(link)] = { ...link, mtu: Number(mtu), up: true };
      return undefined;
    },
  ],
  [
    /^address (replace|delete) (\S+) dev (\S+)$/,
    (here, [verb, prefix = '', dev = '']) => {
      if (find(here, dev) === undefined) return noDevice(dev);
      const others = here.addresses.filter((address) => address.dev !== dev || address.prefix !== prefix);
      if (verb === 'delete' && others.length === here.addresses.length) return 'Error: ipv4: Address not found.';
      here.addresses = verb === 'delete' ? others : [...others, { dev, prefix, scope: 'global' }];
      return undefined;
    },
  ],
  [
    /^neighbour replace (\S+) lladdr (\S+) dev (\S+) nud permanent$/,
    (here, [ip = '', mac = '', dev = '']) => {
      if (find(here, dev) === undefined) return noDevice(dev);
      const others = here.neighbours.filter((entry) => entry.dev !== dev || entry.ip !== ip);
      here.neighbours = [...others, { ip, dev, mac, permanent: true }];
      return undefined;
    },
  ],
  [
    /^neighbour delete (\S+) dev (\S+)$/,
    (here, [ip, dev = '']) => {
      if (find(here, dev) === undefined) return noDevice(dev);
      const others = here.neighbours.filter((entry) => entry.dev !== dev || entry.ip !== ip);
      if (others.length === here.neighbours.length) return 'RTNETLINK answers: No such file or directory';
      here.neighbours = others;
      return undefined;
    },
  ],
  [
    /^route replace (\S+) (?:via (\S+) )?dev (\S+) (?:onlink|scope link) table (\S+)$/,
    (here, [to = '', via, dev = '', table = '']) => {
      const link = find(here, dev);
      if (link === undefined) return noDevice(dev);
      if (!link.up) return 'Error: Nexthop device is not up.';
      const others = here.routes.filter((route) => route.to !== to || route.table !== table);
      here.routes = [...others, { to, dev, via, table, scope: via === undefined ? 'link' : 'global' }];
      return undefined;
    },
  ],
  [
    /^route delete (\S+) dev (\S+) table (\S+)$/,
    (here, [to, dev = '', table]) => {
      if (find(here, dev) === undefined) return noDevice(dev);
      const others = here.routes.filter((route) => route.to !== to || route.dev !== dev || route.table !== table);
      if (others.length === here.routes.length) return 'RTNETLINK answers: No such process';
      here.routes = others;
      return undefined;
    },
  ],
  [
    /^rule flush (to|from) (\S+) priority (\d+)$/,
    (here, [match, prefix, priority]) => {
      const isMeant = (rule: Namespace['rules'][number]) =>
        rule.priority === Number(priority) && rule[match === 'to' ? 'to' : 'from'] === prefix;
      here.rules = here.rules.filter((rule) => !isMeant(rule));
      return undefined;
    },
  ],
  [
    /^rule add (to|from) (\S+) priority (\d+) lookup (\S+)$/,
    (here, [match, prefix, priority, table = '']) => {
      const [to, from] = match === 'to' ? [prefix, undefined] : [undefined, prefix];
      const rule = { priority: Number(priority), from, to, table, hasOtherSelectors: false };
      if (here.rules.some((other) => JSON.stringify(other) === JSON.stringify(rule))) {
        return 'RTNETLINK answers: File exists';
      }
      here.rules = [...here.rules, rule].sort((a, b) => a.priority - b.priority);
      return undefined;
    },
  ],
];

/** What every namespace is born with. */
function emptyNamespace(): Namespace {
  const born = (priority: number, table: string) => ({
    priority,
    table,
    from: undefined,
    to: undefined,
    hasOtherSelectors: false,
  });
  const rules = [born(0, 'local'), born(32_766, 'main'), born(32_767, 'default')];
  return { links: [], addresses: [], routes: [], rules, neighbours: [] };
}

function dropLinks(here: Namespace, ifIndexes: readonly (number | undefined)[]): void {
  const gone = new Set(here.links.filter(({ ifIndex }) => ifIndexes.includes(ifIndex)).map(({ dev }) => dev));
  const stays = (fact: { readonly dev: string }) => !gone.has(fact.dev);
  here.links = here.links.filter(stays);
  here.addresses = here.addresses.filter(stays);
  here.routes = here.routes.filter(stays);
  here.neighbours = here.neighbours.filter(stays);
}

function find(here: Namespace, dev: string) {
  return here.links.find((link) => link.dev === dev);
}

const noDevice = (dev: string) => `Cannot find device "${dev}"`;
const missingText = (netns: Netns) => `nsenter: cannot open ${netns}: No such file or directory`;
