import { errorText } from './error-text.js';

export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/** An absent value leaves its field out; an error becomes its one-line text; anything else that is no scalar, JSON. */
export type LogFields = Readonly<Record<string, unknown>>;

export interface LogRecord {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
  readonly nowMs: number;
}

/**
 * The line that logrus' TextFormatter writes to a pipe: `time="2020-03-17T07:03:40Z" level=warning msg="…" key=value`,
 * fields sorted by name. Operators and their log pipelines match on this form.
 */
export function logfmtLine(record: LogRecord): string {
  const { level, message, nowMs } = record;
  const pairs: [string, string][] = [
    ['time', timeText(nowMs)],
    ['level', level],
    ['msg', message],
    ...sortedFields(record).map(([key, value]): [string, string] => [key, textOf(value)]),
  ];
  return pairs.map(([key, value]) => `${key}=${quoteWhereNeeded(value)}`).join(' ');
}

/** The line that logrus' JSONFormatter writes: all keys sorted. */
export function jsonLine(record: LogRecord): string {
  const { level, message, nowMs } = record;
  const all = [['level', level], ['msg', message], ['time', timeText(nowMs)], ...sortedFields(record)] as const;
  const sorted = all.toSorted(([a], [b]) => compare(a, b)).map(([key, value]) => [key, jsonValue(value)] as const);
  return JSON.stringify(Object.fromEntries(sorted));
}

/** RFC 3339 in UTC, to the second. */
function timeText(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
}

/** A field must not hide a key of the line itself; logrus prefixes it in the same way. */
function sortedFields({ fields }: LogRecord): [string, unknown][] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]): [string, unknown] => [['time', 'level', 'msg'].includes(key) ? `fields.${key}` : key, value])
    .toSorted(([a], [b]) => compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function textOf(value: unknown): string {
  const plain = jsonValue(value);
  return typeof plain === 'string' ? plain : JSON.stringify(plain);
}

function jsonValue(value: unknown): unknown {
  if (value instanceof Error) return errorText(value);
  return typeof value === 'bigint' ? String(value) : value;
}

function quoteWhereNeeded(value: string): string {
  return /^[A-Za-z0-9\-._/@^+]*$/.test(value) ? value : goQuote(value);
}

const goEscapes: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  '\\': String.raw`\\`,
  '\u0007': String.raw`\a`,
  '\b': String.raw`\b`,
  '\f': String.raw`\f`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
  '\v': String.raw`\v`,
};

/** Go's %q: what is printable stays, the rest is escaped, so a value can never end its line. */
function goQuote(value: string): string {
  const escaped = value.replaceAll(/["\\]|[^\P{C}]|[\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return (
      goEscapes[character] ??
      (code < 0x80 ? `\\x${hex(code, 2)}` : code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`)
    );
  });
  return `"${escaped}"`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
