import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A file could not be written. `code` is the errno name, for example `ENOSPC`. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly reason = 'file-not-written';
  readonly code: string;

  constructor(
    readonly path: string,
    cause: unknown,
  ) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'UNKNOWN';
    super(`${path} could not be written: ${code}`, { cause });
    this.code = code;
  }
}

/**
 * Replaces a file so that a reader, and a machine that loses power, sees the old content or the new one and nothing
 * else: write beside it, sync, rename, sync the directory. When it resolves, the content is on disk.
 *
 * @param mode permission bits of the file; only its owner reads it when absent
 * @throws FileError
 */
export async function writeFileAtomically(path: string, content: string | Uint8Array, mode = 0o600): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeAndSync(temporary, content, mode);
    await rename(temporary, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new FileError(path, error);
  }
}

/**
 * Removes a file for good; one that is not there is a success.
 *
 * @throws FileError
 */
export async function removeFileDurably(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
    await syncDirectory(dirname(path));
  } catch (error) {
    throw new FileError(path, error);
  }
}

/** What a crash in the middle of a write leaves behind; readers of the directory pass it over. */
export function isTemporaryName(name: string): boolean {
  return /^\..+\.[0-9a-f]{12}\.tmp$/.test(name);
}

async function writeAndSync(path: string, content: string | Uint8Array, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
