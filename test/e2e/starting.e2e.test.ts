import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, runCommand } from '@terway/lab';

jest.setTimeout(30_000);

const ipamMain = join(__dirname, '../../services/ipam/dist/main.js');
const goodConf = '{ "vswitches": {}, "security_group": "sg-1" }';
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'terway-starting-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** Starts the IPAM service, which is expected to end by itself. */
async function startIpam(eniConf: string, flags: readonly string[] = []): Promise<Ended> {
  const path = join(dir, 'eni_conf');
  await writeFile(path, eniConf);
  const own = { 'cluster-id': 'c1', region: 'cn-hangzhou', store: 'memory:', host: '127.0.0.1', 'eni-conf': path };
  const args = [...Object.entries(own).map(([flag, value]) => `--${flag}=${value}`), ...flags];
  const env = { TERWAY_ACCESS_KEY_ID: 'AKIDEXAMPLE', TERWAY_ACCESS_KEY_SECRET: 'secretexample' };
  return runCommand({ program: process.execPath, args: [ipamMain, ...args], env });
}

it.each([
  ['text that is no JSON', '{ "version": ', /^fatal: eni_conf: expected JSON, got text that does not parse: .+\n$/],
  [
    'a value of another type',
    '{ "max_pool_size": "ten" }',
    /^fatal: eni_conf: max_pool_size: expected a whole number from 0, got "ten"\n$/,
  ],
])('ends with one line for an eni_conf with %s', async (_, eniConf, line) => {
  const { code, stderr } = await startIpam(eniConf);
  expect(stderr).toMatch(line);
  expect(code).toBe(1);
});

it('ends with one line that names a setting that is wrong', async () => {
  const { code, stderr } = await startIpam(goodConf, ['--rpc-port=many']);
  expect(stderr).toMatch(/^terway-ipam: --rpc-port: expected .+, got .?many.?\n$/);
  expect(code).toBe(2);
});

it('names the holder of a port that is taken', async () => {
  const holder = createServer().listen({ host: '127.0.0.1', port: 0 });
  await once(holder, 'listening');
  try {
    const { port } = holder.address() as AddressInfo;
    const { code, stderr } = await startIpam(goodConf, [`--rpc-port=${port}`, '--http-port=0']);
    expect(stderr).toMatch(new RegExp(`^fatal: .*port ${port} is taken by \\S+ \\(pid ${process.pid}\\)\n$`));
    expect(code).toBe(1);
  } finally {
    holder.close();
  }
});
