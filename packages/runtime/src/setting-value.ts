import type { Setting } from './settings-table.js';

export type SettingValue = string | number | boolean | readonly string[];

/** Either the value, or what was expected instead. */
export type ParsedSetting = { readonly value: SettingValue } | { readonly expected: string };

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

export function parseSetting(setting: Setting, text: string): ParsedSetting {
  const value = valueOf(setting, text);
  return value === undefined ? { expected: expectation(setting) } : { value };
}

/** The kind and bound of a setting in words: `whole number of 1 to 100 calls/s`. */
export function expectation(setting: Setting): string {
  switch (setting.kind) {
    case 'string':
      return 'text';
    case 'int':
      return ['whole number', bounds(setting, String), setting.unit].filter(Boolean).join(' ');
    case 'durationMs':
      return ['duration', bounds(setting, durationText)].filter(Boolean).join(' ');
    case 'bool':
      return 'true or false';
    case 'url':
      return `URL of ${setting.schemes.map((scheme) => `${scheme}://`).join(', ')}`;
    case 'list':
      return 'list separated by commas';
    case 'choice':
      return `one of ${setting.choices.join(', ')}`;
  }
}

/** The shortest way to write a duration: 120000 is `2m`. */
export function durationText(ms: number): string {
  const units = Object.entries(unitMs).toReversed();
  const [unit, size] = units.find(([, factor]) => ms !== 0 && ms % factor === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}

function valueOf(setting: Setting, text: string): SettingValue | undefined {
  switch (setting.kind) {
    case 'string':
      return text;
    case 'int':
      return within(setting, /^-?\d+$/.test(text) ? Number(text) : undefined);
    case 'durationMs':
      return within(setting, parseDuration(text));
    case 'bool':
      return { true: true, '1': true, false: false, '0': false }[text.toLowerCase()];
    case 'url':
      return setting.schemes.some((scheme) => text.startsWith(`${scheme}://`)) && URL.canParse(text) ? text : undefined;
    case 'list':
      return text.split(',').flatMap((part) => part.trim() || []);
    case 'choice':
      return setting.choices.includes(text) ? text : undefined;
  }
}

function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text);
  if (match === null) return undefined;
  return Math.round(Number(match[1]) * (unitMs[match[2] ?? 'ms'] ?? 1));
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

function within({ min = -Infinity, max = Infinity }: Bounds, value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) && value >= min && value <= max ? value : undefined;
}

function bounds({ min, max }: Bounds, text: (value: number) => string): string {
  if (min !== undefined && max !== undefined) return `of ${text(min)} to ${text(max)}`;
  if (min !== undefined) return `of at least ${text(min)}`;
  return max === undefined ? '' : `of at most ${text(max)}`;
}
