import type { Component } from './component.js';
import { helpText, type Program } from './help-text.js';
import { exitCodes, runProcess } from './process.js';
import { readSettings, SettingsError } from './settings.js';
import type { SettingsOf, SettingsTable } from './settings-table.js';

/**
 * The `main` of a service: reads the settings, then runs the components that `build` makes of them. `--help` prints the
 * table; wrong settings print one line each and exit with 2.
 */
export async function runProgram<const Table extends SettingsTable>(
  program: Program,
  table: Table,
  build: (settings: SettingsOf<Table>, stopping: AbortSignal) => readonly Component[] | Promise<readonly Component[]>,
): Promise<void> {
  const settings = settingsOrExit(program, table);
  if (settings !== undefined) await runProcess((stopping) => build(settings, stopping));
}

function settingsOrExit<const Table extends SettingsTable>(
  program: Program,
  table: Table,
): SettingsOf<Table> | undefined {
  try {
    const read = readSettings(table, { argv: process.argv.slice(2), env: process.env });
    if (read.kind === 'settings') return read.settings;
    process.stdout.write(helpText(program, table));
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(error.problems.map((problem) => `${program.name}: ${problem}\n`).join(''));
    process.exitCode = exitCodes.usage;
  }
  return undefined;
}
