import { spawn } from 'node:child_process';
import { cp, mkdtemp, open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { defaultTimes, type NodeRecord, recordOf } from '@terway/ipam-core';
import { silentLogger } from '@terway/runtime';
import { EmbeddedNodeStore } from './embedded-node-store.js';
import { LevelPersistence } from './level-persistence.js';

/** What a process outside of the store saw acknowledged: allocation ids and the highest agent seq, by node. */
type Acknowledged = Map<string, { readonly ids: string[]; seq: number }>;

const writer = join(__dirname, '../../dist/store/test-writer.js');
const lanes = 4;
const killsPerLane = 25;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'terway-crash-'));
});
afterAll(() => rm(root, { recursive: true }));

/** A number in [0, n) that is the same in every run. */
function seeded(seed: number, n: number): number {
  return (Math.imul(seed + 1, 2_654_435_761) >>> 0) % n;
}

/** Lets the writer run until so many calls are acknowledged, and kills it there. */
async function writeAndKill(folder: string, run: string, calls: number, seen: Acknowledged): Promise<void> {
  const child = spawn(process.execPath, [writer, folder, run], { stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: string[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(text.toString()));
  let heard = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [node = '', id = '', seq = '0'] = line.split(' ');
    const known = seen.get(node) ?? { ids: [], seq: 0 };
    known.ids.push(id);
    known.seq = Math.max(known.seq, Number(seq));
    seen.set(node, known);
    heard += 1;
    if (heard === calls) child.kill('SIGKILL');
  }
  if (heard < calls) throw new Error(`the writer ended after ${heard} calls: ${errors.join('')}`);
}

async function recordsIn(
  folder: string,
): Promise<{ records: Map<string, NodeRecord | undefined>; damage: readonly string[] }> {
  const persistence = await LevelPersistence.open(folder);
  const { records, damage } = await persistence.load();
  await persistence.close();
  return { records: new Map([...records].map(([node, fields]) => [node, recordOf(fields)])), damage };
}

function missing(seen: Acknowledged, records: ReadonlyMap<string, NodeRecord | undefined>): string[] {
  return [...seen].flatMap(([node, { ids, seq }]) => {
    const record = records.get(node);
    const stale = (record?.agent.seq ?? 0) < seq ? [`agent seq ${seq} of ${node}`] : [];
    return [...ids.filter((id) => !record?.tombstones.has(id)), ...stale];
  });
}

it('loses nothing that was acknowledged, killed at 100 points under load', async () => {
  const lane = async (number: number): Promise<void> => {
    const folder = join(root, `lane-${number}`);
    for (let kill = 0; kill < killsPerLane; kill++) {
      // a session clears what was released in the one before, but for the seq
      const seen: Acknowledged = new Map();
      await writeAndKill(folder, `r${kill}`, 1 + seeded(number * killsPerLane + kill, 300), seen);
      const { records, damage } = await recordsIn(folder);
      expect({ kill, damage, missing: missing(seen, records) }).toEqual({ kill, damage: [], missing: [] });
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
}, 180_000);

describe('a damaged log', () => {
  let whole: string;
  const seen: Acknowledged = new Map();
  beforeAll(async () => {
    whole = join(root, 'whole');
    await writeAndKill(whole, 'w', 3_000, seen);
  }, 60_000);

  /** True when all is there, or when the store or an agent that reports has noticed that it is not. */
  async function noticed(folder: string): Promise<{ readonly complete: boolean; readonly noticed: boolean }> {
    const persistence = await LevelPersistence.open(folder).catch(() => undefined);
    if (persistence === undefined) return { complete: false, noticed: true };
    const fail = (error: unknown): never => {
      throw error;
    };
    const store = await EmbeddedNodeStore.open({
      persistence,
      times: defaultTimes,
      nowMs: Date.now,
      log: silentLogger,
      fail,
    });
    const records = new Map(
      await Promise.all([...seen.keys()].map(async (node) => [node, await store.read(node)] as const)),
    );
    const lost = new Set(
      [...seen]
        .filter(([node, { ids }]) => ids.some((id) => !records.get(node)?.tombstones.has(id)))
        .map(([node]) => node),
    );
    const silent: string[] = [];
    for (const node of lost) {
      const fence = { incarnation: 'i1', generation: 'g-w-' + node, lastAgentSeq: seen.get(node)?.seq ?? 0 };
      const made = { newSession: 's', newGeneration: 'g' };
      await store.apply<'open'>(node, { kind: 'open', nodeId: node, nodeName: node, fence, ...made }, Date.now());
      const recovery = (await store.read(node))?.recovery;
      if (recovery?.needsListing !== true) silent.push(node);
    }
    await store.close();
    return { complete: lost.size === 0, noticed: silent.length === 0 };
  }

  async function newestLog(folder: string): Promise<{ readonly path: string; readonly bytes: number }> {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.log')).toSorted();
    const path = join(folder, names.at(-1) ?? '');
    return { path, bytes: (await stat(path)).size };
  }

  async function copyOf(name: string): Promise<string> {
    const folder = join(root, name);
    await cp(whole, folder, { recursive: true });
    return folder;
  }

  it.each([
    ['first', (): number => 100],
    ['middle', (bytes: number): number => Math.floor(bytes / 2)],
    ['last', (bytes: number): number => bytes - 100],
  ])('in its %s block is never accepted silently', async (name, at) => {
    const folder = await copyOf(`flip-${name}`);
    const { path, bytes } = await newestLog(folder);
    const file = await open(path, 'r+');
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at(bytes));
    await file.write(Buffer.from([(byte[0] ?? 0) ^ 0xff]), 0, 1, at(bytes));
    await file.close();
    const { complete, noticed: seenByAgents } = await noticed(folder);
    expect({ complete, seenByAgents }).toEqual({ complete: false, seenByAgents: true });
  });

  it.each([...Array(20).keys()])('cut at point %i is never accepted silently', async (point) => {
    const folder = await copyOf(`cut-${point}`);
    const { path, bytes } = await newestLog(folder);
    await truncate(path, seeded(point, bytes));
    expect(await noticed(folder)).toMatchObject({ noticed: true });
  });
});
