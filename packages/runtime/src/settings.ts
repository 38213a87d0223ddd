import { parseArgs } from 'node:util';
import { closest } from './closest.js';
import { parseSetting, type SettingValue } from './setting-value.js';
import type { Setting, SettingsOf, SettingsTable } from './settings-table.js';

/** Everything that is wrong with the flags and variables of a process, not just the first. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly reason = 'invalid-settings';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

export type ReadSettings<Table extends SettingsTable> =
  { readonly kind: 'settings'; readonly settings: SettingsOf<Table> } | { readonly kind: 'help' };

export interface SettingsSource {
  /** Without the interpreter and the script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Settings by flag, else by variable, else by default. An empty variable counts as not set.
 *
 * @throws SettingsError that names the flag or variable, what was expected and what came
 */
export function readSettings<const Table extends SettingsTable>(
  table: Table,
  source: SettingsSource,
): ReadSettings<Table> {
  const flags = readFlags(table, source.argv);
  if (flags.help) return { kind: 'help' };

  const problems = [...flags.problems];
  const values: Record<string, SettingValue | undefined> = {};
  for (const [name, setting] of Object.entries(table)) {
    const given = find(setting, flags.given, source.env);
    const parsed = given === undefined ? fallback(setting) : parseSetting(setting, given.text);
    if ('value' in parsed) values[name] = parsed.value;
    else problems.push(problemOf(setting, parsed.expected, given));
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return { kind: 'settings', settings: values as SettingsOf<Table> };
}

interface Given {
  /** `--flag` or the name of the variable. */
  readonly origin: string;
  readonly text: string;
}

interface Flags {
  readonly help: boolean;
  readonly given: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

function readFlags(table: SettingsTable, argv: readonly string[]): Flags {
  const settings = Object.values(table);
  const options = Object.fromEntries(
    settings.map(({ flag, kind }) => [flag, { type: kind === 'bool' ? ('boolean' as const) : ('string' as const) }]),
  );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const given = new Map<string, string>();
  const problems: string[] = [];
  let help = false;

  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`unexpected argument "${token.value}"`);
    if (token.kind !== 'option') continue;
    const setting = settings.find(({ flag }) => flag === token.name);
    if (token.name === 'help' || token.name === 'h') help = true;
    else if (setting === undefined) problems.push(unknownFlag(token.rawName, settings));
    else if (setting.kind === 'bool') given.set(setting.flag, token.value ?? 'true');
    else if (lacksValue(token)) problems.push(`${token.rawName}: expected a value, got none`);
    else given.set(setting.flag, token.value ?? '');
  }
  return { help, given, problems };
}

/** `--a --b` means that the value of `--a` was forgotten; `--a=--b` that it is meant. */
function lacksValue(token: { readonly value: string | undefined; readonly inlineValue: boolean | undefined }): boolean {
  return token.value === undefined || (token.inlineValue !== true && token.value.startsWith('--'));
}

function unknownFlag(rawName: string, settings: readonly Setting[]): string {
  const near = closest(
    rawName.replace(/^-+/, ''),
    settings.map(({ flag }) => flag),
  );
  return `unknown flag ${rawName}${near === undefined ? '' : `, did you mean --${near}?`}`;
}

function find(setting: Setting, given: ReadonlyMap<string, string>, env: SettingsSource['env']): Given | undefined {
  const flag = given.get(setting.flag);
  if (flag !== undefined) return { origin: `--${setting.flag}`, text: flag };
  const variable = env[setting.env];
  return variable ? { origin: setting.env, text: variable } : undefined;
}

function fallback(setting: Setting): { readonly value: SettingValue | undefined } | { readonly expected: string } {
  if (setting.default !== undefined) return { value: setting.default };
  if ('optional' in setting) return { value: undefined };
  return { expected: 'a value' };
}

function problemOf(setting: Setting, expected: string, given: Given | undefined): string {
  if (given === undefined) return `--${setting.flag} or ${setting.env}: expected ${expected}, got none`;
  return `${given.origin}: expected ${expected}, got ${shown(setting, given.text)}`;
}

/** A value as an error may show it: secrets and the credentials of a URL stay out of logs. */
function shown(setting: Setting, text: string): string {
  if (setting.kind === 'string' && setting.secret) return 'another value';
  return `"${setting.kind === 'url' ? text.replace(/\/\/[^/]*@/, '//***@') : text}"`;
}
