import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelTimes } from '@terway/ipam-core/model/world';
import { silentLogger } from '@terway/runtime';
import { EmbeddedNodeStore, type EmbeddedStoreParts } from './embedded-node-store.js';
import { LevelPersistence } from './level-persistence.js';
import { MemoryPersistence } from './memory-persistence.js';
import { MemoryVSwitchLedger } from './memory-vswitch-ledger.js';
import { describeNodeStore } from './node-store.contract.js';
import type { RecordChange, RecordPersistence } from './record-persistence.js';
import { describeVSwitchLedger } from './vswitch-ledger.contract.js';

function partsOf(persistence: RecordPersistence, fail = (error: unknown): void => raise(error)): EmbeddedStoreParts {
  return { persistence, times: modelTimes, nowMs: () => 1_000, log: silentLogger, fail };
}

function raise(error: unknown): never {
  throw error;
}

const openCommand = {
  kind: 'open',
  nodeId: 'n1',
  nodeName: 'n1',
  fence: { incarnation: 'i1', generation: '', lastAgentSeq: 0 },
  newSession: 's1',
  newGeneration: 'g1',
} as const;

describeNodeStore('in memory', async () => {
  const store = await EmbeddedNodeStore.open(partsOf(new MemoryPersistence()));
  return { store, stop: () => store.close() };
});

describeNodeStore('in a LevelDB folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'terway-store-'));
  const store = await EmbeddedNodeStore.open(partsOf(await LevelPersistence.open(folder)));
  return {
    store,
    stop: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

describeVSwitchLedger('in memory', async () => ({ ledger: new MemoryVSwitchLedger(), stop: async () => undefined }));

/** Writes when it is told to. */
class SlowPersistence extends MemoryPersistence {
  readonly batches: { readonly changes: readonly RecordChange[]; readonly write: (error?: Error) => void }[] = [];

  override commit(changes: readonly RecordChange[], batch: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const write = (error?: Error): void => {
        if (error === undefined) super.commit(changes, batch).then(resolve, reject);
        else reject(error);
      };
      this.batches.push({ changes, write });
    });
  }
}

async function settled(promise: Promise<unknown>): Promise<boolean> {
  const turns = new Promise((resolve) => setImmediate(resolve)).then(() => 'pending');
  return (await Promise.race([promise.then(() => 'settled'), turns])) === 'settled';
}

describe('a reply of the embedded store', () => {
  it('leaves when everything that it was computed from is on disk, reads and refusals included', async () => {
    const persistence = new SlowPersistence();
    const store = await EmbeddedNodeStore.open(partsOf(persistence));
    const opened = store.apply('n1', openCommand, 1_000);
    const read = store.read('n1');
    const refused = store.apply('n1', { kind: 'claim', token: 'r1' }, 1_000);
    const listed = store.nodeIds();
    const early = await Promise.all([opened, read, refused, listed].map((reply) => settled(reply)));
    expect(early).toEqual([false, false, false, false]);
    for (const { write } of persistence.batches.splice(0)) write();
    expect(await settled(opened)).toBe(true);
    for (const { write } of persistence.batches.splice(0)) write();
    expect(await Promise.all([read, refused, listed].map((reply) => settled(reply)))).toEqual([true, true, true]);
  });

  it('waits for the batch before, and leaves with all that came meanwhile', async () => {
    const persistence = new SlowPersistence();
    const sizes = () => persistence.batches.map(({ changes }) => changes.length);
    const store = await EmbeddedNodeStore.open(partsOf(persistence));
    void store.apply('n1', openCommand, 1_000);
    await settled(Promise.resolve());
    for (let i = 2; i <= 9; i++) void store.apply(`n${i}`, { ...openCommand, nodeId: `n${i}` }, 1_000);
    await settled(Promise.resolve());
    expect(sizes()).toEqual([1]);
    persistence.batches[0]?.write();
    await settled(Promise.resolve());
    expect(sizes()).toEqual([1, 8]);
  });

  it('never leaves when a batch could not be written, and the process is told to end', async () => {
    const persistence = new SlowPersistence();
    const failures: unknown[] = [];
    const store = await EmbeddedNodeStore.open(partsOf(persistence, (error) => failures.push(error)));
    const opened = store.apply('n1', openCommand, 1_000);
    await settled(opened);
    persistence.batches[0]?.write(new Error('no space left on device'));
    expect(await settled(opened)).toBe(false);
    expect(failures).toEqual([new Error('no space left on device')]);
  });
});
