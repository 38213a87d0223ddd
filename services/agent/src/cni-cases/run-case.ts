import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { type CniCase, fill, type Placeholders, readStdin } from './case-data.js';
import { judge, type Outcome } from './judge.js';
import { ip, type Stand } from './stand.js';
import { type CaseSight, podTraces, ruleChecks, stateChecks } from './state-checks.js';

const plainConfig = JSON.stringify({ cniVersion: '1.1.0', name: 'terway', type: 'terway' });

/** Runs one case on a node and tells everything that is not as it says; empty when all is. */
export async function runCase(row: CniCase, stand: Stand): Promise<readonly string[]> {
  const name = `${stand.netns}-${row.id}`.toLowerCase();
  const spaces = row.needs.includes('netns') ? [name, `${name}b`] : [];
  const ids = { CID: randomBytes(32).toString('hex'), CID2: randomBytes(32).toString('hex') };
  const placeholders = { ...ids, NSNAME: name, NETNS: `/run/netns/${name}`, IP: '0.0.0.0' };
  for (const space of spaces) ip('netns', 'add', space);
  try {
    const problems = await judgeCase(row, placeholders, stand);
    return [...problems, ...(spaces.length > 0 ? await cleanUp(row, placeholders, stand) : [])];
  } finally {
    for (const space of spaces) deleteNamespace(space);
  }
}

async function judgeCase(row: CniCase, given: Placeholders, stand: Stand): Promise<readonly string[]> {
  const atFirst = await stand.look();
  const prepared = await prepare(row, given, stand);
  const { placeholders } = prepared;
  const env = Object.fromEntries(Object.entries(row.env).map(([key, value]) => [key, fill(value, placeholders)]));
  const stdin = fill(readStdin(row), placeholders).replaceAll('"${ADD_RESULT}"', prepared.added);
  const before = await stand.look();
  const outcome = await stand.call(env, stdin);
  const { met, problems } = judge(row.expect, outcome, placeholders.NETNS);
  const sight: CaseSight = {
    ...{ placeholders, stdin, outcome, atFirst, before },
    containerId: env['CNI_CONTAINERID'] ?? '',
    after: await stand.look(),
    again: (command) => stand.call({ ...env, CNI_COMMAND: command }, plainConfig),
    look: () => stand.look(),
  };
  return [
    ...prepared.problems,
    ...problems,
    ...(met?.state === undefined ? [] : await check(stateChecks, met.state, sight)),
    ...(row.expect.rule === undefined ? [] : await check(ruleChecks, row.expect.rule, sight)),
  ];
}

/** A text without a check is a problem of its own: nothing that a case says is passed over. */
async function check(checks: typeof stateChecks, text: string, sight: CaseSight): Promise<readonly string[]> {
  const found = checks[text];
  if (found === undefined) return [`no check for "${text}"`];
  return (await found(sight)).map((problem) => `${text}: ${problem}`);
}

interface Prepared {
  readonly placeholders: Placeholders;
  /** What the preparing ADD printed. */
  readonly added: string;
  readonly problems: readonly string[];
}

async function prepare(row: CniCase, placeholders: Placeholders, stand: Stand): Promise<Prepared> {
  let prepared: Prepared = { placeholders, added: '{}', problems: [] };
  for (const what of row.before) {
    if (what === 'ADD') prepared = await prepareAdd(placeholders, stand);
    else if (what === 'NETNS_GONE') deleteNamespace(placeholders.NSNAME);
    else if (what.startsWith('SH:')) execFileSync('sh', ['-c', fill(what.slice(3), prepared.placeholders)]);
    else prepared = { ...prepared, problems: [`no way to prepare "${what}"`] };
  }
  return prepared;
}

async function prepareAdd(placeholders: Placeholders, stand: Stand): Promise<Prepared> {
  const { exit, stdout } = await stand.call(podCall('ADD', placeholders.CID, placeholders.NETNS), plainConfig);
  if (exit !== 0) return { placeholders, added: stdout, problems: [`preparing ADD: expected exit 0, got ${stdout}`] };
  const { ips } = JSON.parse(stdout) as { ips: { address: string }[] };
  const address = ips[0]?.address.split('/')[0] ?? '';
  return { placeholders: { ...placeholders, IP: address }, added: stdout.trim(), problems: [] };
}

/** DEL of whatever the case left attached; then neither lease nor trace may be left. */
async function cleanUp(row: CniCase, { CID, NETNS }: Placeholders, stand: Stand): Promise<readonly string[]> {
  if (row.needs.includes('no-agent')) return [];
  const name = row.env['CNI_IFNAME'] ?? 'eth0';
  const ids = new Set([CID, fill(row.env['CNI_CONTAINERID'] ?? CID, { CID } as Placeholders)]);
  const outcomes: Outcome[] = [];
  for (const id of ids)
    outcomes.push(await stand.call({ ...podCall('DEL', id, NETNS), CNI_IFNAME: name }, config(row)));
  const { leases, host } = await stand.look();
  return [
    ...outcomes.filter(({ exit }) => exit !== 0).map(({ stdout }) => `clean-up DEL: expected exit 0, got ${stdout}`),
    ...leases.map(({ ip: address, sandboxId }) => `lease left: ${address} of ${sandboxId}`),
    ...podTraces(host).map((trace) => `left on the host: ${trace}`),
  ];
}

/** The network of the case; a name that is refused was never attached. */
function config(row: CniCase): string {
  const match = /"name": *"([A-Za-z0-9]+)"/.exec(readStdin(row));
  return JSON.stringify({ cniVersion: '1.1.0', name: match?.[1] ?? 'terway', type: 'terway' });
}

function podCall(command: 'ADD' | 'DEL', containerId: string, netns: string): Readonly<Record<string, string>> {
  return {
    CNI_COMMAND: command,
    CNI_CONTAINERID: containerId,
    CNI_NETNS: netns,
    CNI_IFNAME: 'eth0',
    CNI_PATH: '/opt/cni/bin',
    CNI_ARGS: `IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME=web-0;K8S_POD_INFRA_CONTAINER_ID=${containerId}`,
  };
}

function deleteNamespace(name: string): void {
  try {
    ip('netns', 'delete', name);
  } catch (error) {
    if (!String(error).includes('No such file or directory')) throw error;
  }
}
