import type { NamespaceFacts } from '@terway/datapath';
import type { Placeholders } from './case-data.js';
import type { Outcome } from './judge.js';

/** What can be seen of a node from outside its agent. */
export interface NodeSight {
  /** Bound addresses of the node's record at the centre. */
  readonly leases: readonly { readonly ip: string; readonly sandboxId: string; readonly network: string }[];
  readonly host: NamespaceFacts;
  /** Names in the folder that holds the agent's state, and in its parent. */
  readonly files: readonly string[];
}

export interface CaseSight {
  readonly placeholders: Placeholders;
  /** Container id of the call that is judged. */
  readonly containerId: string;
  readonly outcome: Outcome;
  /** Before the preparations of the case. */
  readonly atFirst: NodeSight;
  /** After the preparations. */
  readonly before: NodeSight;
  readonly after: NodeSight;
  /** Standard input of the call that is judged. */
  readonly stdin: string;
  /** Calls the plugin once more, as in the case but with this command, and with `prevResult` left out. */
  readonly again: (command: 'DEL' | 'VERSION') => Promise<Outcome>;
  /** Looks at the node once more. */
  readonly look: () => Promise<NodeSight>;
}

type Check = (sight: CaseSight) => readonly string[] | Promise<readonly string[]>;

/** Every text that a case says about state, and how it is checked. */
export const stateChecks: Readonly<Record<string, Check>> = {
  'lease of ${CID} released; host veth, rules and route gone': releasedAndClean,
  'lease released, host side clean': releasedAndClean,
  'lease released': releasedAndClean,
  'lease found by container id and released': releasedAndClean,
  'all leases of network terway on this node released': releasedAndClean,
  'eth0 of ${CID} released, since only net1 is valid': releasedAndClean,
  'nothing released': ({ before, after, placeholders: { IP } }) => [
    ...same('leases', before.leases, after.leases),
    ...wired(IP, after.host),
  ],
  'no file outside the state folder touched': ({ before, after }) => same('files', before.files, after.files),
  'no lease left, host netns untouched': nothingLeft,
  'no lease left, no eth0 created or changed on the host': nothingLeft,
  'first attachment intact, one lease': firstIntact,
  'same address as the first, one lease': (sight) => [
    ...firstIntact(sight),
    ...(sight.outcome.stdout.includes(`"${sight.placeholders.IP}/32"`)
      ? []
      : [`stdout: expected ${sight.placeholders.IP}, got ${sight.outcome.stdout}`]),
  ],
};

/** Every text that holds whichever outcome a case has. */
export const ruleChecks: Readonly<Record<string, Check>> = {
  'success if VERSION lists it, else code 1': asListed,
  'like 0.1.0': asListed,
  'accept, or code 2 with key and value in the message': ({ outcome: { exit, stdout } }) =>
    exit === 0 || ['"code":2', 'frobnicate', 'level'].every((part) => stdout.includes(part))
      ? []
      : [`stdout: expected code 2 with key and value, got ${stdout}`],
  'either, never a crash or code 999': ({ outcome: { stdout } }) =>
    stdout.includes('"code":999') ? ['code: expected one of the specification, got 999'] : [],
  'never two leases': atMostOneLease,
  'if accepted the lease owner is CNI_CONTAINERID': ({ outcome: { exit }, after, containerId }) =>
    exit !== 0 || after.leases.some(({ sandboxId }) => sandboxId === containerId)
      ? []
      : [`lease: expected one of ${containerId}`],
  'if ADD passed, DEL passes and releases': async ({ outcome, again, look, containerId }) => {
    if (outcome.exit !== 0) return [];
    const { exit, stdout } = await again('DEL');
    const left = (await look()).leases.filter(({ sandboxId }) => sandboxId === containerId);
    return [...(exit === 0 ? [] : [`DEL: expected exit 0, got ${stdout}`]), ...same('leases of it', [], left)];
  },
  'never two leases, never a broken first attachment': (sight) => [...atMostOneLease(sight), ...firstIntact(sight)],
  'a retry without prevResult must pass': async ({ again }) => {
    const { exit, stdout } = await again('DEL');
    return exit === 0 ? [] : [`DEL without prevResult: expected exit 0, got ${stdout}`];
  },
};

/** What pods leave on a host: ends of veth pairs, rules of ours, routes to one address. */
export function podTraces(host: NamespaceFacts): readonly string[] {
  return [
    ...host.links.filter(({ dev }) => dev.startsWith('cali')).map(({ dev }) => `link ${dev}`),
    ...host.rules
      .filter(({ priority }) => priority === 512 || priority === 2048)
      .map(({ priority, from, to }) => `rule ${priority} from ${from ?? 'all'} to ${to ?? 'all'}`),
    ...host.routes.filter(({ dev }) => dev.startsWith('cali')).map(({ to, dev }) => `route ${to} dev ${dev}`),
  ];
}

/** A configuration without a version is one of 0.1.0. */
async function asListed({ stdin, outcome, again }: CaseSight): Promise<readonly string[]> {
  const { cniVersion = '0.1.0' } = JSON.parse(stdin) as { cniVersion?: string };
  const { supportedVersions } = JSON.parse((await again('VERSION')).stdout) as { supportedVersions: readonly string[] };
  const expected = supportedVersions.includes(cniVersion) ? 0 : 1;
  return same(`exit at cniVersion ${cniVersion}`, expected, outcome.exit);
}

function releasedAndClean({ before, after, placeholders: { CID } }: CaseSight): readonly string[] {
  const had = before.leases.some(({ sandboxId }) => sandboxId === CID);
  return [
    ...(had ? [] : [`preparation: expected a lease of ${CID}`]),
    ...same('leases', [], after.leases),
    ...same('traces of pods', [], podTraces(after.host)),
  ];
}

function nothingLeft({ atFirst, after }: CaseSight): readonly string[] {
  const names = (host: NamespaceFacts): readonly string[] => host.links.map(({ dev }) => dev);
  return [
    ...same('leases', [], after.leases),
    ...same('links', names(atFirst.host), names(after.host)),
    ...same('addresses', atFirst.host.addresses, after.host.addresses),
    ...same('traces of pods', [], podTraces(after.host)),
  ];
}

function firstIntact({ before, after, placeholders: { IP } }: CaseSight): readonly string[] {
  return [...same('leases', before.leases, after.leases), ...wired(IP, after.host)];
}

function atMostOneLease({ after }: CaseSight): readonly string[] {
  return after.leases.length <= 1 ? [] : [`leases: expected at most one, got ${JSON.stringify(after.leases)}`];
}

function wired(ip: string, host: NamespaceFacts): readonly string[] {
  const route = host.routes.some(({ to, dev }) => to === `${ip}/32` && dev.startsWith('cali'));
  const rules = host.rules.filter(({ from, to }) => from === `${ip}/32` || to === `${ip}/32`);
  return route && rules.length === 2 ? [] : [`${ip}: expected its route and two rules`];
}

function same(what: string, expected: unknown, got: unknown): readonly string[] {
  const [left, right] = [JSON.stringify(expected), JSON.stringify(got)];
  return left === right ? [] : [`${what}: expected ${left}, got ${right}`];
}
