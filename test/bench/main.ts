import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { pathSuite } from './path.js';
import { type Row, summaryOf } from './rows.js';

const suites: Readonly<Record<string, () => Promise<readonly Row[]>>> = { path: pathSuite };

/** `npm run bench -- [suite…] [--out FILE]`: every suite when none is named; the file gets JSON with all samples. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
  const names = positionals.length > 0 ? positionals : Object.keys(suites);
  const unknown = names.filter((name) => !Object.hasOwn(suites, name));
  if (unknown.length > 0)
    throw new Error(`suite: expected ${Object.keys(suites).join(', ')}, got ${unknown.join(', ')}`);
  const results: Record<string, readonly Row[]> = {};
  for (const name of names) {
    const rows = (await suites[name]?.()) ?? [];
    results[name] = rows;
    process.stdout.write(`\n${name}\n`);
    console.table(rows.map(summaryOf));
  }
  if (values.out !== undefined) await writeFile(values.out, `${JSON.stringify(results, undefined, 2)}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`npm run bench: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
