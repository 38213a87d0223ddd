import type { Expectation } from './case-data.js';

/** How the plugin ended. */
export interface Outcome {
  /** Undefined when a signal ended it. */
  readonly exit: number | undefined;
  readonly stdout: string;
}

export interface Judgement {
  /** The outcome that was met, of those that are allowed; undefined when none was. */
  readonly met: Expectation | undefined;
  /** Why the outcome differs from what was expected. */
  readonly problems: readonly string[];
}

export function judge(expected: Expectation, outcome: Outcome, netns: string): Judgement {
  if (expected.either === undefined) {
    const problems = problemsOf(expected, outcome, netns);
    return { met: problems.length === 0 ? expected : undefined, problems };
  }
  const judgements = expected.either.map((allowed) => judge(allowed, outcome, netns));
  const met = judgements.find((judgement) => judgement.met !== undefined);
  return met ?? { met: undefined, problems: judgements.flatMap(({ problems }) => problems) };
}

function problemsOf(expected: Expectation, { exit, stdout }: Outcome, netns: string): readonly string[] {
  if (exit === undefined || exit > 128) return [`the plugin was killed or crashed (${exit})`];
  const document = parseObject(stdout);
  return [
    ...exitProblems(expected, exit, document),
    ...textProblems(expected, stdout, document),
    ...(document === undefined ? [] : documentProblems(expected, document, netns)),
  ];
}

type Document = Readonly<Record<string, unknown>>;

function exitProblems(expected: Expectation, exit: number, document: Document | undefined): readonly string[] {
  if (expected.exit === 0) return exit === 0 ? [] : [`exit: expected 0, got ${exit}`];
  if (exit === 0) return ['exit: expected an error, got 0'];
  if (document === undefined) return ['stdout: expected one JSON error object'];
  const { codes, msg_contains: parts = [] } = expected;
  const text = `${shown(document['msg'])} ${shown(document['details'])}`;
  const missing = parts.filter((part) => !text.includes(part)).map((part) => `message: expected ${part}, got ${text}`);
  const wrongCode = codes !== undefined && !codes.includes(document['code'] as number);
  return wrongCode
    ? [`code: expected one of ${codes.join(', ')}, got ${shown(document['code'])}`, ...missing]
    : missing;
}

function textProblems({ stdout: expected }: Expectation, text: string, document: Document | undefined): string[] {
  const missing = (expected?.contains_text ?? []).filter((part) => !text.includes(part));
  return [
    ...(expected?.json === true && document === undefined ? ['stdout: expected JSON'] : []),
    ...(expected?.empty === true && text.trim() !== '' ? [`stdout: expected nothing, got ${text}`] : []),
    ...missing.map((part) => `stdout: expected ${part} in it, got ${text}`),
  ];
}

function documentProblems({ stdout: expected = {} }: Expectation, document: Document, netns: string): string[] {
  const { has = [], equals = {}, oneof = {} } = expected;
  return [
    ...has.filter((key) => !(key in document)).map((key) => `stdout: expected the key ${key}`),
    ...Object.entries(equals)
      .filter(([key, value]) => document[key] !== value)
      .map(([key, value]) => `${key}: expected ${shown(value)}, got ${shown(document[key])}`),
    ...Object.entries(oneof)
      .filter(([key, values]) => !values.includes(document[key]))
      .map(([key, values]) => `${key}: expected one of ${values.join(', ')}, got ${shown(document[key])}`),
    ...(expected.sandbox_is_netns === true ? sandboxProblems(document, netns) : []),
  ];
}

function sandboxProblems({ interfaces, ips }: Document, netns: string): readonly string[] {
  const sandboxes = ((interfaces ?? []) as { sandbox?: string }[]).map(({ sandbox }) => sandbox);
  const indexes = ((ips ?? []) as { interface?: number }[]).map((ip) => ip.interface ?? -1);
  return [
    ...(sandboxes.includes(netns) ? [] : [`interfaces: expected one with sandbox ${netns}`]),
    ...indexes
      .filter((index) => sandboxes[index] !== netns)
      .map((index) => `ips[].interface: expected the index of the pod's interface, got ${index}`),
  ];
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parseObject(text: string): Document | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : undefined;
  } catch {
    return undefined;
  }
}
