import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Simulator } from '@terway/cloud-simulator';
import type { Child } from '../run/child.js';
import type { Children } from '../run/children.js';
import { freePorts } from '../run/free-port.js';
import type { LabPorts } from './lab.js';
import type { Topology } from './topology.js';

export interface IpamParts {
  readonly run: string;
  readonly topology: Topology;
  readonly simulator: Simulator;
  readonly storeUrl: string;
  readonly ports: LabPorts;
  readonly dataDir: string;
  readonly eniConf: Readonly<Record<string, unknown>>;
  /** Beside the lab's own flags, or in their place. */
  readonly flags?: Readonly<Record<string, string>>;
}

export interface IpamEndpoints {
  /** host:port */
  readonly rpc: string;
  readonly rpcEndpoint: { readonly host: string; readonly port: number };
  readonly httpUrl: string;
  /** The file that is read anew when it changes. */
  readonly eniConfPath: string;
  readonly process: Child;
}

// beside this file's folder in dist, and the same when the sources run
const ipamMain = join(__dirname, '../../../../services/ipam/dist/main.js');

/** Starts the IPAM service on loopback, against the simulated cloud. @throws LabError `not-ready` */
export async function startIpam(parts: IpamParts, children: Children): Promise<IpamEndpoints> {
  const { dataDir, ports, simulator, topology } = parts;
  const eniConfPath = join(dataDir, 'eni_conf.json');
  await writeFile(eniConfPath, `${JSON.stringify({ ...eniConfOf(topology), ...parts.eniConf }, undefined, 2)}\n`);
  const [anyRpc = 0, anyHttp = 0] = await freePorts(2);
  const rpcPort = ports.rpc || anyRpc;
  const httpPort = ports.http || anyHttp;
  const flags = {
    'cluster-id': `lab-${parts.run}-${randomUUID().slice(0, 8)}`,
    region: topology.regionId,
    'cloud-endpoint': `http://127.0.0.1:${simulator.openApiPort}`,
    store: parts.storeUrl,
    'eni-conf': eniConfPath,
    host: '127.0.0.1',
    'rpc-port': `${rpcPort}`,
    'http-port': `${httpPort}`,
    ...parts.flags,
  };
  const child = await children.start({
    name: 'ipam',
    program: process.execPath,
    args: [ipamMain, ...Object.entries(flags).map(([name, value]) => `--${name}=${value}`), '--insecure-node-identity'],
    env: { TERWAY_ACCESS_KEY_ID: 'AKIDEXAMPLE', TERWAY_ACCESS_KEY_SECRET: 'secretexample' },
    isReady: (line) => line.includes('msg="IPAM service is ready"'),
  });
  return {
    rpc: `127.0.0.1:${rpcPort}`,
    rpcEndpoint: { host: '127.0.0.1', port: rpcPort },
    httpUrl: `http://127.0.0.1:${httpPort}`,
    eniConfPath,
    process: child,
  };
}

/** As an operator writes it: the vSwitches of pods, by zone. */
function eniConfOf({ vSwitches, securityGroupId }: Topology): Record<string, unknown> {
  const zones = new Map<string, string[]>();
  for (const { id, zoneId, use } of vSwitches)
    if (use === 'pods') zones.set(zoneId, [...(zones.get(zoneId) ?? []), id]);
  return {
    version: '1',
    max_pool_size: 10,
    min_pool_size: 4,
    vswitches: Object.fromEntries(zones),
    service_cidr: '172.21.0.0/20',
    security_group: securityGroupId,
  };
}
