import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Lua script of this release; what its keys and arguments are stands on top of its file. */
export interface Script {
  readonly text: string;
  readonly sha: string;
  /** How many of the values are keys. */
  readonly keys: number;
}

export const scriptFolder = join(__dirname, '../../lua');

/** One script made of files of `services/ipam/lua`, in this order. */
export function scriptOf(keys: number, ...files: readonly string[]): Script {
  const text = files.map((file) => readFileSync(join(scriptFolder, file), 'utf8')).join('');
  return { text, sha: createHash('sha1').update(text).digest('hex'), keys };
}
