import { cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultTimes } from '@terway/ipam-core';
import { silentLogger } from '@terway/runtime';
import { EmbeddedNodeStore } from './embedded-node-store.js';
import { LevelPersistence } from './level-persistence.js';
import { type Acknowledged, buildWriter, runWriter, seeded } from './test-writer-process.js';

let root: string;
let whole: string;
let acknowledged: Acknowledged;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'terway-damage-'));
  whole = join(root, 'whole');
  const writer = buildWriter(root);
  ({ acknowledged } = await runWriter({ writer, folder: whole, run: 'w', killAfter: 6_000 }));
}, 60_000);
afterAll(() => rm(root, { recursive: true }));

async function openStore(folder: string, reported: string[]): Promise<EmbeddedNodeStore> {
  return EmbeddedNodeStore.open({
    persistence: await LevelPersistence.open(folder),
    times: defaultTimes,
    nowMs: Date.now,
    log: { ...silentLogger, error: (message) => void reported.push(message) },
    fail: (error) => {
      throw error;
    },
  });
}

/** Nodes of which an acknowledged call is missing. */
async function incomplete(store: EmbeddedNodeStore): Promise<string[]> {
  const nodes = await Promise.all(
    [...acknowledged].map(async ([node, { ids }]) => {
      const record = await store.read(node);
      return ids.every((id) => record?.tombstones.has(id)) ? [] : [node];
    }),
  );
  return nodes.flat();
}

/** The agent of a node comes back with what it has seen. True when the node's record takes that for a loss. */
async function agentNotices(store: EmbeddedNodeStore, nodeId: string): Promise<boolean> {
  const fence = { incarnation: 'i1', generation: `g-w-${nodeId}`, lastAgentSeq: acknowledged.get(nodeId)?.seq ?? 0 };
  const made = { newSession: 's', newGeneration: 'g' };
  await store.apply<'open'>(nodeId, { kind: 'open', nodeId, nodeName: nodeId, fence, ...made }, Date.now());
  return (await store.read(nodeId))?.recovery?.needsListing === true;
}

/** A copy of the store with its newest log harmed, and what becomes of it. */
async function afterHarm(name: string, harm: (log: string, bytes: number) => Promise<void>) {
  const folder = join(root, name);
  await cp(whole, folder, { recursive: true });
  const records = join(folder, 'records');
  const logs = (await readdir(records)).filter((file) => file.endsWith('.log')).toSorted();
  const log = join(records, logs.at(-1) ?? '');
  await harm(log, (await stat(log)).size);
  const reported: string[] = [];
  const store = await openStore(folder, reported);
  const lost = await incomplete(store);
  const noticed = await Promise.all(lost.map((node) => agentNotices(store, node)));
  await store.close();
  return { lost, noticed: noticed.every((yes) => yes), reported };
}

async function changeByte(log: string, at: number): Promise<void> {
  const bytes = await readFile(log);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  await writeFile(log, bytes);
}

it('has everything when nothing is harmed', async () => {
  expect(await afterHarm('unharmed', async () => undefined)).toEqual({ lost: [], noticed: true, reported: [] });
});

it.each([
  ['first', () => 100],
  ['middle', (bytes: number) => Math.floor(bytes / 2)],
])('says that it has lost data when the %s block of the log is damaged', async (name, at) => {
  const { lost, reported } = await afterHarm(name, (log, bytes) => changeByte(log, at(bytes)));
  expect(lost).toEqual([...acknowledged.keys()]);
  expect(reported).toEqual(['the lease store has lost data, every node reports anew']);
});

it('leaves it to the agents to find that the last block of the log is damaged', async () => {
  const { lost, noticed } = await afterHarm('last', (log, bytes) => changeByte(log, bytes - 100));
  expect(lost).not.toEqual([]);
  expect(noticed).toBe(true);
});

it.each([...Array(20).keys()])('never accepts a log silently whose byte at point %i has changed', async (point) => {
  const harmed = await afterHarm(`changed-${point}`, (log, bytes) => changeByte(log, seeded(point, bytes)));
  expect(harmed).toMatchObject({ noticed: true });
});

it.each([...Array(20).keys()])('never accepts a log silently that ends at point %i', async (point) => {
  const harmed = await afterHarm(`cut-${point}`, (log, bytes) => truncate(log, seeded(point, bytes)));
  expect(harmed).toMatchObject({ noticed: true });
});
