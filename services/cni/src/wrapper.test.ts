import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPlugin } from './install.js';

describe('installing the plugin', () => {
  const folder = mkdtempSync(join(tmpdir(), "terway's plugin "));
  const options = {
    bundlePath: join(folder, 'terway.cjs'),
    nodePath: process.execPath,
    socketPath: join(folder, '$(cni).sock'),
    cniBinDir: join(folder, 'bin'),
    cniConfDir: join(folder, 'net.d'),
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives the runtime an executable that starts the bundle with its socket, whatever the paths hold', async () => {
    writeFileSync(options.bundlePath, 'console.log(process.env.TERWAY_CNI_SOCKET)');
    await installPlugin(options);
    expect(execFileSync(join(folder, 'bin/terway'), { encoding: 'utf8' })).toBe(`${options.socketPath}\n`);
  });

  it('names the plugin in a network configuration of version 1.0.0 unless told otherwise', async () => {
    await installPlugin(options);
    const path = join(folder, 'net.d/10-terway.conflist');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      cniVersion: '1.0.0',
      name: 'terway',
      plugins: [{ type: 'terway' }],
    });
    await installPlugin({ ...options, cniVersion: '1.1.0' });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ cniVersion: '1.1.0' });
  });
});
