import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LevelPersistence } from './level-persistence.js';
import { storedRecords, type StoredRecords } from './stored-records.js';
import { type Acknowledged, buildWriter, runWriter, seeded } from './test-writer-process.js';

const lanes = 4;
const killsPerLane = 25;

let root: string;
let writer: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'terway-crash-'));
  writer = buildWriter(root);
});
afterAll(() => rm(root, { recursive: true }));

async function storedIn(folder: string): Promise<StoredRecords> {
  const persistence = await LevelPersistence.open(folder);
  const loaded = await persistence.load();
  await persistence.close();
  return storedRecords(loaded);
}

function missingFrom({ records }: StoredRecords, acknowledged: Acknowledged): string[] {
  return [...acknowledged].flatMap(([node, { ids, seq }]) => {
    const record = records.get(node);
    const stale = (record?.agent.seq ?? 0) < seq ? [`agent seq ${seq} of ${node}`] : [];
    return [...ids.filter((id) => !record?.tombstones.has(id)), ...stale];
  });
}

it('loses nothing that was acknowledged, killed at 100 points under load', async () => {
  const lane = async (number: number): Promise<void> => {
    const folder = join(root, `lane-${number}`);
    for (let kill = 0; kill < killsPerLane; kill++) {
      const killAfter = 1 + seeded(number * killsPerLane + kill, 300);
      const { acknowledged } = await runWriter({ writer, folder, run: `r${kill}`, killAfter });
      const stored = await storedIn(folder);
      expect({ kill, damage: stored.damage, missing: missingFrom(stored, acknowledged) }).toEqual({
        kill,
        damage: [],
        missing: [],
      });
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
}, 120_000);

it('ends with a reason when the disk is full, and loses nothing that was acknowledged', async () => {
  const folder = join(root, 'full');
  const { acknowledged, errors, exitCode } = await runWriter({ writer, folder, run: 'r', fileBlocks: 400 });
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/store folder .*: batch \d+ could not be written: .*File too large/);
  const stored = await storedIn(folder);
  expect({ damage: stored.damage, missing: missingFrom(stored, acknowledged) }).toEqual({ damage: [], missing: [] });
}, 60_000);
