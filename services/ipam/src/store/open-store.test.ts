import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultTimes } from '@terway/ipam-core';
import { silentLogger } from '@terway/runtime';
import { openStore, type StoreContext } from './open-store.js';

const context: StoreContext = {
  clusterId: 'c1',
  times: defaultTimes,
  nowMs: () => 1_000,
  newId: () => 'id',
  log: silentLogger,
  fail: (error) => {
    throw error;
  },
};

const openCommand = {
  kind: 'open',
  nodeId: 'n1',
  nodeName: 'n1',
  fence: { incarnation: 'i1', generation: '', lastAgentSeq: 0 },
  newSession: 's1',
  newGeneration: 'g1',
} as const;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'terway-open-store-'));
});
afterEach(() => rm(folder, { recursive: true }));

it.each([
  ['keeps what is in a folder', () => `level:${join(folder, 'made/when/needed')}`, ['n1']],
  ['forgets what is in memory', () => 'memory:', []],
])('%s from one start to the next', async (_, url, kept) => {
  const first = await openStore(url(), context);
  await first.nodeStore.apply('n1', openCommand, 1_000);
  await first.vSwitchLedger.reserve({ vSwitchId: 'vsw-1', intentId: 'in-1', count: 3, expiresAtMs: 2_000 });
  expect(await first.vSwitchLedger.reserved(['vsw-1'], 1_000)).toEqual(new Map([['vsw-1', 3]]));
  await first.close();
  const second = await openStore(url(), context);
  expect(await second.nodeStore.nodeIds()).toEqual(kept);
  await second.close();
});

it.each([
  ['', ''],
  ['level:', 'level:'],
  ['leveldb:/var/lib/terway', 'leveldb:/var/lib/terway'],
  ['/var/lib/terway', '/var/lib/terway'],
  ['sentinel://ipam:p@ss@10.0.0.1', 'sentinel://…@10.0.0.1'],
])("refuses '%s' and says what it takes", async (url, shown) => {
  await expect(openStore(url, context)).rejects.toMatchObject({
    reason: 'invalid-request',
    message: `store: expected level:PATH, memory: or redis://HOST:PORT, got '${shown}'`,
    details: { field: 'store' },
  });
});
