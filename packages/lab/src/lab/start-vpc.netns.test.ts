import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ping } from '../pods/ping.js';
import { Children } from '../run/children.js';
import { runCommand } from '../run/command.js';
import { inNetns } from '../run/in-netns.js';
import { labNames } from '../run/names.js';
import { Teardown } from '../run/teardown.js';
import type { LinkChange } from '../vpc/plugged-enis.js';
import { offerServices } from './cloud-service.js';
import { startVpc, type StartedVpc } from './start-vpc.js';
import { planTopology } from './topology.js';

const run = `v${process.pid.toString(36)}`;
const names = labNames(run);
const topology = planTopology({ nodes: 2, podsPerNode: 1 });
const metadata = { host: '100.100.100.200', port: 80 };
const primaries = topology.nodes.map(({ instanceId, vSwitchId }, index): LinkChange => ({
  kind: 'attached',
  instanceId,
  eniId: `eni-${instanceId}`,
  mac: `00:16:3e:00:00:0${index}`,
  deviceIndex: 0,
  vSwitchId,
  ips: [`10.0.${index}.5`],
}));
const secondary: LinkChange = {
  kind: 'attached',
  instanceId: 'i-lab-n2',
  eniId: 'eni-pods',
  mac: '00:16:3e:00:00:99',
  deviceIndex: 1,
  vSwitchId: 'vsw-pods-j1',
  ips: ['10.0.48.9'],
};

let teardown: Teardown;
let tell: (change: LinkChange) => void;
let errors: unknown[];

beforeEach(() => {
  teardown = new Teardown();
  errors = [];
});
afterEach(() => teardown.run());

function start(): Promise<StartedVpc> {
  return startVpc({
    names,
    topology,
    services: [metadata.host],
    teardown,
    run: runCommand,
    report: (error) => errors.push(error),
    followLinks: (listener) => {
      tell = listener;
      primaries.forEach(listener);
      return () => undefined;
    },
  });
}

it('boots nodes that reach each other, and plugs what the cloud attaches later', async () => {
  const { live, nodes } = await start();
  const [n1, n2] = nodes;
  expect(nodes.map(({ name, ip }) => [name, ip])).toEqual([
    ['n1', '10.0.0.5'],
    ['n2', '10.0.1.5'],
  ]);
  const [result] = await ping(n1?.netns ?? '', [n2?.ip ?? ''], { count: 1 }, runCommand);
  expect(result?.received).toBe(1);

  tell(secondary);
  await live.settle();

  const links = await runCommand({ program: 'ip', args: ['-n', n2?.netns ?? '', 'link', 'show', 'dev', 'eth1'] });
  expect(links.stdout).toContain(secondary.mac);
  expect(errors).toEqual([]);
});

describe('with a service of the machine', () => {
  let folder: string;
  let server: Server;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'services-'));
    server = createServer((_, response) => response.end('i-lab-n1'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    await teardown.run();
    server.close();
    await rm(folder, { recursive: true });
  });

  it('lets nodes reach it at its address in the cloud', async () => {
    const { nodes, fabric } = await start();
    const target = { host: '127.0.0.1', port: (server.address() as AddressInfo).port };
    const children = new Children({ run, logDir: folder, teardown });
    const service = { name: 'metadata', address: metadata, target };
    await offerServices([service], { fabricNetns: fabric.netns, socketDir: folder, children, teardown });

    const script = `fetch('http://${metadata.host}/').then((r) => r.text()).then((t) => console.log(t))`;
    const asked = await runCommand(inNetns(nodes[0]?.netns ?? '', { program: process.execPath, args: ['-e', script] }));

    expect(asked.stdout).toBe('i-lab-n1\n');
  });
});
