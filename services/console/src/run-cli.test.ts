import {
  bindService,
  createClient,
  type GrpcServer,
  grpcServer,
  type ListLeasesRequest,
  type OpsHandlers,
} from '@terway/api';
import { IpamRefusal } from '@terway/ipam-core';
import { ipamTarget } from './ipam-target.js';
import { runCli } from './run-cli.js';

const nowMs = 1_800_000_000_000;
const asked: ListLeasesRequest[] = [];
let server: GrpcServer;

const lease = {
  ...{ instanceId: 'i-1', eniId: 'eni-1', vswitchId: 'vsw-1', zoneId: 'zone-a' },
  ...{ sandboxId: 's-1', interfaceName: 'eth0', allocationId: 'a-1', sinceAtMs: nowMs - 65_000 },
};

const handlers: OpsHandlers = {
  listLeases: async (request) => {
    asked.push(request);
    if (request.node === 'gone') return { leases: [] };
    return {
      leases: [
        { ...lease, ip: '10.0.0.10', state: 'idle', nodeName: 'n1' },
        { ...lease, ip: '10.0.0.9', state: 'bound', nodeName: 'n1', podNamespace: 'web', podName: 'shop-0' },
        { ...lease, ip: '10.0.0.1', state: 'idle', nodeName: 'n10' },
        { ...lease, ip: '10.0.0.2', state: 'idle', nodeName: 'n2' },
      ],
    };
  },
  listNodes: async () => {
    throw new IpamRefusal('store-unavailable', 'redis does not answer');
  },
  listVSwitches: async () => ({
    vswitches: [
      { vswitchId: 'vsw-1', zoneId: 'zone-a', cidr: '10.0.0.0/24', free: 0, full: true, observedAtMs: nowMs },
    ],
  }),
};

beforeAll(async () => {
  server = grpcServer({
    name: 'ipam',
    services: [bindService('terway.ops.v1.OpsService', handlers)],
    at: { host: '127.0.0.1', port: 0 },
    drainMs: 100,
    report: () => undefined,
    nowMs: Date.now,
  });
  await server.start();
});
afterAll(() => server.stop());

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(line: string, env: Record<string, string> = {}): Promise<Ran> {
  let [out, err] = ['', ''];
  const code = await runCli(line.split(' '), {
    connect: (addresses) => createClient('terway.ops.v1.OpsService', ipamTarget(addresses)),
    write: (text) => void (out += text),
    writeError: (text) => void (err += text),
    env: { TERWAY_IPAM: `127.0.0.1:${server.port()}`, ...env },
    nowMs: () => nowMs,
    paint: (_, text) => text,
  });
  return { code, out, err };
}

describe('what is shown', () => {
  it('is a table in the order that people count in', async () => {
    const { code, out } = await run('leases');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'IP         STATE   FOR  POD         NODE  ENI    VSWITCH  ZONE',
      '10.0.0.9   bound  1m5s  web/shop-0  n1    eni-1  vsw-1    zone-a',
      '10.0.0.10  idle   1m5s  -           n1    eni-1  vsw-1    zone-a',
      '10.0.0.2   idle   1m5s  -           n2    eni-1  vsw-1    zone-a',
      '10.0.0.1   idle   1m5s  -           n10   eni-1  vsw-1    zone-a',
      '',
    ]);
  });

  it('is the whole answer as JSON when that is asked for', async () => {
    const { out } = await run('vswitches -o json');
    expect(JSON.parse(out)).toEqual([
      {
        ...{ vswitchId: 'vsw-1', zoneId: 'zone-a', cidr: '10.0.0.0/24' },
        ...{ free: 0, reserved: 0, full: true, observedAtMs: nowMs },
      },
    ]);
  });

  it('is what the filters leave', async () => {
    await run('leases --node n1 --pod web/shop-0 --ip 10.0.0.9 --state bound');
    expect(asked.at(-1)).toEqual({ node: 'n1', pod: 'web/shop-0', ip: '10.0.0.9', state: 'bound' });
  });

  it('is a word beside the output where there is nothing, and an empty list as JSON', async () => {
    expect(await run('leases --node gone')).toEqual({ code: 0, out: '', err: 'no leases\n' });
    expect(await run('leases --node gone -o json')).toEqual({ code: 0, out: '[]\n', err: '' });
  });
});

describe('what goes wrong', () => {
  it('is one line that begins with the reason', async () => {
    const { code, err } = await run('nodes');
    expect({ code, err }).toEqual({ code: 1, err: 'terway-cli: store-unavailable: redis does not answer\n' });
  });

  it('names the address where nobody answers', async () => {
    const { code, err } = await run('nodes --address 127.0.0.1:1');
    expect({ code, err }).toEqual({
      code: 1,
      err: 'terway-cli: ipam-unavailable: no IPAM service answers at 127.0.0.1:1\n',
    });
  });

  it.each([
    ['leases --state bond', /Allowed choices are assigning, idle, bound/],
    ['leases --pod shop', /Expected namespace\/name, got 'shop'/],
    ['lease', /Did you mean leases\?/],
    ['nodes -o yaml', /Allowed choices are table, json/],
    ['nodes --address ipam', /address: expected host:port, got 'ipam'/],
    ['nodes --address 10.0.0.1:1,ipam:2', /expected only ipv4 beside "10.0.0.1:1"/],
  ])('is a wrong command line: %s', async (line, said) => {
    const { code, out, err } = await run(line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(said);
  });

  it('shows in the variable as in the flag', async () => {
    expect(await run('nodes', { TERWAY_IPAM: 'nowhere' })).toMatchObject({
      code: 2,
      err: "terway-cli: address: expected host:port, got 'nowhere'\n",
    });
  });
});

it('explains itself', async () => {
  const { code, out } = await run('leases --help');
  expect(code).toBe(0);
  expect(out).toContain('--state <state>');
  expect(out).toContain('TERWAY_IPAM');
});
