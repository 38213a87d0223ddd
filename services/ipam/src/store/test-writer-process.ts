import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';

/** What a process outside of the store saw acknowledged: allocation ids and the highest agent seq, by node. */
export type Acknowledged = ReadonlyMap<string, { readonly ids: readonly string[]; readonly seq: number }>;

export interface WriterRun {
  readonly acknowledged: Acknowledged;
  /** What the writer said on stderr. */
  readonly errors: string;
  readonly exitCode: number | null;
}

const repository = join(__dirname, '../../../..');

/** Makes one file of test-writer.ts, so that a start of it costs little. */
export function buildWriter(folder: string): string {
  const outfile = join(folder, 'writer.cjs');
  const alias = Object.fromEntries(
    ['ipam-core', 'runtime'].map((name) => [`@terway/${name}`, join(repository, 'packages', name, 'src/index.ts')]),
  );
  const entryPoints = [join(__dirname, 'test-writer.ts')];
  buildSync({ entryPoints, bundle: true, platform: 'node', external: ['classic-level'], alias, outfile });
  return outfile;
}

export interface WriterOptions {
  readonly writer: string;
  readonly folder: string;
  /** Makes the ids of this run different from those of others. */
  readonly run: string;
  /** Kill -9 as soon as so many calls are acknowledged; never when absent. */
  readonly killAfter?: number;
  /** Files may grow to so many blocks of 512 bytes: then the disk is full. */
  readonly fileBlocks?: number;
}

/** Lets the writer run until it ends or is killed. */
export async function runWriter({ writer, folder, run, killAfter, fileBlocks }: WriterOptions): Promise<WriterRun> {
  const limit = fileBlocks === undefined ? '' : `ulimit -f ${fileBlocks}; `;
  const child = spawn('sh', ['-c', `${limit}exec "$0" "$@"`, process.execPath, writer, folder, run], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_PATH: join(repository, 'node_modules') },
    timeout: 50_000,
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const errors: Buffer[] = [];
  child.stderr.on('data', (text: Buffer) => errors.push(text));
  const acknowledged = new Map<string, { ids: string[]; seq: number }>();
  let heard = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [node = '', id = '', seq = '0'] = line.split(' ');
    const known = acknowledged.get(node) ?? { ids: [], seq: 0 };
    known.ids.push(id);
    known.seq = Math.max(known.seq, Number(seq));
    acknowledged.set(node, known);
    heard += 1;
    if (heard === killAfter) child.kill('SIGKILL');
  }
  const exitCode = await ended;
  const said = Buffer.concat(errors).toString();
  if (heard < (killAfter ?? 0)) throw new Error(`the writer ended after ${heard} calls: ${said}`);
  return { acknowledged, errors: said, exitCode };
}

/** A number in [0, n) that is the same in every run. */
export function seeded(seed: number, n: number): number {
  return (Math.imul(seed + 1, 2_654_435_761) >>> 0) % n;
}
