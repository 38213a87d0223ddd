import { durationText, expectation } from './setting-value.js';
import type { Setting, SettingsTable } from './settings-table.js';

export interface Program {
  /** Name of the command. */
  readonly name: string;
  /** One sentence: what the process does. */
  readonly describe: string;
}

/** What `--help` prints: every setting with its variable, kind, unit, bound and default. */
export function helpText({ name, describe }: Program, table: SettingsTable): string {
  const blocks = Object.values(table).map(
    (setting) =>
      `  --${setting.flag}${setting.kind === 'bool' ? '[=false]' : ` <${placeholder(setting)}>`}\n` +
      `      ${setting.describe}\n` +
      `      ${expectation(setting)}; ${defaultText(setting)}; variable ${setting.env}\n`,
  );
  return `${name}: ${describe}\n\nUsage: ${name} [flags]\n\n${blocks.join('\n')}\n  --help\n      Print this\n`;
}

function placeholder(setting: Setting): string {
  if (setting.kind === 'durationMs') return 'duration';
  return setting.kind === 'string' ? 'text' : setting.kind;
}

function defaultText(setting: Setting): string {
  if (setting.default === undefined) return 'optional' in setting ? 'no default' : 'required';
  if (setting.kind === 'durationMs') return `default ${durationText(setting.default)}`;
  return `default ${String(setting.default) || 'empty'}`;
}
