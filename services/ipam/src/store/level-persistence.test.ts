import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { step } from '@terway/ipam-core';
import { modelTimes } from '@terway/ipam-core/model/world';
import { type Logger, silentLogger } from '@terway/runtime';
import { EmbeddedNodeStore } from './embedded-node-store.js';
import { LevelPersistence } from './level-persistence.js';
import { historyOf } from './test-histories.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terway-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function openStore(log: Logger = silentLogger): Promise<EmbeddedNodeStore> {
  const fail = (error: unknown): void => {
    throw error;
  };
  const persistence = await LevelPersistence.open(folder);
  return EmbeddedNodeStore.open({ persistence, times: modelTimes, nowMs: () => 1_000, log, fail });
}

const openNode = (store: EmbeddedNodeStore, nodeId: string, generation: string) =>
  store.apply<'open'>(
    nodeId,
    {
      kind: 'open',
      nodeId,
      nodeName: nodeId,
      fence: { incarnation: 'i1', generation: '', lastAgentSeq: 0 },
      newSession: 's1',
      newGeneration: generation,
    },
    1_000,
  );

/** Errors that the store reports, as it tells them. */
function logOf(errors: unknown[]): Logger {
  return { ...silentLogger, error: (_message, fields) => void errors.push(fields) };
}

async function storeWithNodes(): Promise<void> {
  const store = await openStore();
  for (let i = 1; i <= 20; i++) await openNode(store, `n${i}`, 'g1');
  await store.close();
}

async function filesOf(name: RegExp): Promise<string[]> {
  const names = await readdir(join(folder, 'records'));
  return names.filter((file) => name.test(file)).map((file) => join(folder, 'records', file));
}

it('suspects every record after a start: sessions end, nothing else is lost', async () => {
  await storeWithNodes();
  const after = await openStore();
  expect(await after.nodeIds()).toHaveLength(20);
  expect(await after.read('n1')).toMatchObject({
    generation: 'g1',
    agent: { session: '', incarnation: 'i1' },
  });
  await after.close();
});

it('gives every record back as it was, but suspected', async () => {
  const before = await openStore();
  for (const { nodeId, command, nowMs } of historyOf(21, 200)) await before.apply(nodeId, command, nowMs);
  const nodes = await before.nodeIds();
  const records = await Promise.all(nodes.map((node) => before.read(node)));
  await before.close();
  const after = await openStore();
  expect(await after.nodeIds()).toEqual(nodes);
  for (const [i, node] of nodes.entries()) {
    const suspected = step(records[i], { kind: 'suspect' }, 1_000, modelTimes).record;
    expect(await after.read(node)).toEqual(suspected);
  }
  await after.close();
});

it('is refused while another process has it open', async () => {
  const first = await LevelPersistence.open(folder);
  await expect(LevelPersistence.open(folder)).rejects.toMatchObject({
    reason: 'locked',
    message: `store folder ${folder}: another process has it open`,
  });
  await first.close();
});

it('is refused where no folder can be made', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(LevelPersistence.open(file)).rejects.toMatchObject({ reason: 'unusable' });
});

it('refuses only the node whose record a later release has written', async () => {
  await storeWithNodes();
  const persistence = await LevelPersistence.open(folder);
  const { lastBatch } = await persistence.load();
  await persistence.commit([{ nodeId: 'n1', changes: new Map([['claim', '2{}']]) }], lastBatch + 1);
  await persistence.close();
  const store = await openStore();
  await expect(store.read('n1')).rejects.toMatchObject({ reason: 'schema-too-new' });
  await expect(openNode(store, 'n1', 'g2')).rejects.toMatchObject({ reason: 'schema-too-new' });
  expect(await store.read('n2')).toMatchObject({ generation: 'g1' });
  expect(await store.nodeIds()).toHaveLength(20);
  await store.close();
});

describe('a loss', () => {
  const changeByte = async (path: string, at: number): Promise<void> => {
    const bytes = await readFile(path);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    await writeFile(path, bytes);
  };

  it.each<[string, RegExp, (path: string) => Promise<void>]>([
    ['in a table', /\.ldb$/, async (path) => changeByte(path, Math.floor((await stat(path)).size / 3))],
    ['of a table', /\.ldb$/, (path) => rm(path)],
    ['in the list of tables', /^MANIFEST/, (path) => changeByte(path, 10)],
  ])('%s drops all records once, keeps them aside, and is over with the next start', async (_, name, harm) => {
    await storeWithNodes();
    // a start moves the log into a table
    await (await openStore()).close();
    for (const path of await filesOf(name)) await harm(path);
    const tables = (await filesOf(/\.ldb$/)).map((path) => basename(path));

    const errors: unknown[] = [];
    const emptied = await openStore(logOf(errors));
    expect(await emptied.nodeIds()).toEqual([]);
    expect(errors).toEqual([{ nodes: expect.any(Number), batch: expect.any(Number), damage: expect.any(String) }]);
    expect(await openNode(emptied, 'n1', 'g2')).toMatchObject({ ok: true, value: { generation: 'g2' } });
    await emptied.close();
    expect(await readdir(join(folder, 'damaged'))).toEqual(expect.arrayContaining(['CURRENT', ...tables]));

    const after = await openStore(logOf(errors));
    expect(await after.nodeIds()).toEqual(['n1']);
    await after.close();
    expect(errors).toHaveLength(1);
  });
});
