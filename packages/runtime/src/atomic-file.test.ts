import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileError, isTemporaryName, removeFileDurably, writeFileAtomically } from './atomic-file.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'terway-file-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('an atomic file', () => {
  it('holds the last content, for its owner only, and leaves nothing beside it', async () => {
    const path = join(directory, 'sandbox.json');
    await writeFileAtomically(path, 'a longer first content');
    await writeFileAtomically(path, 'second');
    expect(await readFile(path, 'utf8')).toBe('second');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual(['sandbox.json']);
  });

  it('takes other permissions', async () => {
    const path = join(directory, 'conf');
    await writeFileAtomically(path, new Uint8Array([1, 2]), 0o644);
    expect((await stat(path)).mode & 0o777).toBe(0o644);
  });

  it('holds one of the contents when many write at once', async () => {
    const path = join(directory, 'state');
    const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(1_000));
    await Promise.all(contents.map((content) => writeFileAtomically(path, content)));
    expect(contents).toContain(await readFile(path, 'utf8'));
    expect(await readdir(directory)).toEqual(['state']);
  });

  it('names its path and errno when it cannot be written, and keeps what was there', async () => {
    await mkdir(join(directory, 'taken', 'inner'), { recursive: true });
    await expect(writeFileAtomically(join(directory, 'taken'), 'x')).rejects.toMatchObject({
      path: join(directory, 'taken'),
      code: expect.stringMatching(/^(EISDIR|ENOTEMPTY)$/),
      reason: 'file-not-written',
    });
    expect(await readdir(directory)).toEqual(['taken']);
    const absent = join(directory, 'absent', 'file');
    await expect(writeFileAtomically(absent, 'x')).rejects.toEqual(
      new FileError(absent, Object.assign(new Error('x'), { code: 'ENOENT' })),
    );
  });

  it('is removed for good, and a second time', async () => {
    const path = join(directory, 'sandbox.json');
    await writeFileAtomically(path, 'x');
    await removeFileDurably(path);
    await removeFileDurably(path);
    expect(await readdir(directory)).toEqual([]);
  });

  it.each([
    ['.sandbox.json.0123456789ab.tmp', true],
    ['sandbox.json', false],
    ['.hidden.tmp', false],
  ])('tells what a crash may leave behind: %s', (name, temporary) => {
    expect(isTemporaryName(name)).toBe(temporary);
  });
});
