import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scriptFolder } from './redis-script.js';

/** What a script has to keep so that it runs behind every proxy and on every server; undefined when it does. */
const rules: readonly (readonly [string, (script: ScriptText) => boolean])[] = [
  ['types KEYS[n] straight into each call', ({ code }) => calls(code).every((call) => directKey.test(call))],
  ['mentions KEYS nowhere else', ({ code }) => count(code, /\bKEYS\b/g) === calls(code).length],
  [
    'uses hash commands only',
    ({ code }) => calls(code).every((call) => /^redis\.call\('(HGET|HGETALL|HSET|HDEL)'/.test(call)),
  ],
  ['uses neither unpack nor what one server alone has', ({ code }) => !/\bunpack\b|\bserver\.|^#!/m.test(code)],
  [
    'checks everything before the first write',
    ({ code }) => !/\berror|'HGET|undecided|changed/.test(afterFirstWrite(code)),
  ],
  ['makes no globals', ({ code }) => !/^ *function |^[A-Za-z_]+ *=[^=]/m.test(code)],
  ['says on top what it is', ({ text }) => /^-- \w.*\n/.test(text)],
  [
    'says what its keys and arguments are',
    ({ code, contract }) => values(code).every((value) => contract.includes(value)),
  ],
  ['says what it returns', ({ code, contract }) => calls(code).length === 0 || /^-- Returns /m.test(contract)],
];

interface ScriptText {
  readonly text: string;
  readonly contract: string;
  readonly code: string;
}

const directKey = /^redis\.call\('[A-Z]+', KEYS\[\d\][,)]/;

function textOf(text: string): ScriptText {
  const lines = text.split('\n');
  const top = lines.findIndex((line) => !line.startsWith('--'));
  const code = lines.filter((line) => !/^\s*--/.test(line)).join('\n');
  return { text, contract: lines.slice(0, top).join('\n'), code };
}

function calls(code: string): string[] {
  return [...code.matchAll(/redis\.[^\n]*?(?=redis\.|\n|$)/g)].map(([call]) => call);
}

function count(code: string, pattern: RegExp): number {
  return [...code.matchAll(pattern)].length;
}

function afterFirstWrite(code: string): string {
  const first = code.search(/redis\.call\('(HSET|HDEL)'/);
  return first < 0 ? '' : code.slice(first);
}

/** `KEYS[1]`, `ARGV[7]`, as the code names them. */
function values(code: string): string[] {
  return [...code.matchAll(/(?:KEYS|ARGV)\[\d+\]/g)].map(([value]) => value);
}

function broken(script: ScriptText): string[] {
  return rules.filter(([, keeps]) => !keeps(script)).map(([rule]) => rule);
}

const files = readdirSync(scriptFolder);

it.each(files)('%s keeps every rule', (file) => {
  expect(broken(textOf(readFileSync(join(scriptFolder, file), 'utf8')))).toEqual([]);
});

it('finds the scripts', () => {
  expect(files).toEqual(expect.arrayContaining(['allocate.lua', 'commit.lua', 'release.lua']));
});

describe('a script is caught that', () => {
  const good = [
    '-- Writes.',
    '-- KEYS[1] hash  ARGV[1] field',
    '-- Returns 1.',
    "if ARGV[1] == '' then return { 'undecided' } end",
    "redis.call('HSET', KEYS[1], ARGV[1], '1')",
    'return 1',
  ].join('\n');

  it('does so only if something is wrong', () => expect(broken(textOf(good))).toEqual([]));

  it.each([
    ['gives a key another name', "local key = KEYS[1]\nredis.call('HDEL', key, 'a')"],
    ['counts through its keys', "for i = 1, 2 do redis.call('HDEL', KEYS[i], 'a') end"],
    ['makes up a key', "redis.call('HDEL', 'ipam:' .. ARGV[1], 'a')"],
    ['extends a key', "redis.call('HDEL', KEYS[1] .. ':x', 'a')"],
    ['assigns to KEYS', "KEYS[1] = 'x'"],
    ['gives a key a time to live', "redis.call('EXPIRE', KEYS[1], 5)"],
    ['asks the server for the time', "local now = redis.call('TIME')"],
    ['catches errors itself', "redis.pcall('HDEL', KEYS[1], 'a')"],
    ['looks for keys', "redis.call('SCAN', 0)"],
    ['unpacks', "redis.call('HDEL', KEYS[1], unpack(ARGV))"],
    ['reads after it wrote', "local value = redis.call('HGET', KEYS[1], 'a')"],
    ['refuses after it wrote', "if ARGV[1] then return { 'undecided' } end"],
    ['makes a global', 'total = 5'],
    ['makes a global function', 'function total() end'],
    ['hides an argument', "redis.call('HDEL', KEYS[1], ARGV[2])"],
  ])('%s', (_, line) => {
    expect(broken(textOf(`${good.replace('return 1', line)}\nreturn 1`))).not.toEqual([]);
  });

  it('needs a newer server', () => expect(broken(textOf(`#!lua flags=no-writes\n${good}`))).not.toEqual([]));

  it('does not say what it does', () => {
    expect(broken(textOf(good.split('\n').slice(3).join('\n')))).not.toEqual([]);
  });
});
