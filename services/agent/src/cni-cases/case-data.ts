import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a call must do; `either` lists allowed outcomes. */
export interface Expectation {
  readonly exit?: 0 | 'nonzero';
  readonly codes?: readonly number[];
  readonly msg_contains?: readonly string[];
  readonly stdout?: {
    readonly json?: boolean;
    readonly empty?: boolean;
    readonly has?: readonly string[];
    readonly equals?: Readonly<Record<string, unknown>>;
    readonly oneof?: Readonly<Record<string, readonly unknown[]>>;
    readonly contains_text?: readonly string[];
    readonly sandbox_is_netns?: boolean;
  };
  /** What leases and kernel must look like afterwards, in words. */
  readonly state?: string;
  /** What holds whichever outcome it is, in words. */
  readonly rule?: string;
  readonly either?: readonly Expectation[];
}

export type Need = 'netns' | 'agent' | 'no-agent' | 'exhausted';

/** One row of INDEX.json. */
export interface CniCase {
  readonly id: string;
  readonly title: string;
  readonly needs: readonly Need[];
  /** `ADD`, `ADD2`, `DEL`, `NETNS_GONE`, or `SH:` and a command line. */
  readonly before: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly expect: Expectation;
}

export type Placeholders = Readonly<Record<'CID' | 'CID2' | 'NSNAME' | 'NETNS' | 'IP', string>>;

const folder = join(__dirname, '../../testdata/cni-cases');

export function readCases(): readonly CniCase[] {
  const index = JSON.parse(readFileSync(join(folder, 'INDEX.json'), 'utf8')) as { protocol: readonly CniCase[] };
  return index.protocol;
}

/** Standard input of the call that is judged, its placeholders not filled yet. */
export function readStdin({ id, files }: CniCase): string {
  const file = files.find((name) => name.includes('.stdin.'));
  if (file === undefined) throw new Error(`${id}: expected a file for standard input, got ${files.join(', ')}`);
  return readFileSync(join(folder, file), 'utf8');
}

export function fill(text: string, placeholders: Placeholders): string {
  return Object.entries(placeholders).reduce((filled, [name, value]) => filled.replaceAll(`\${${name}}`, value), text);
}
