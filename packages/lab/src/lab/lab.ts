import { createClient, type OpsClient, targetOf } from '@terway/api';
import type { PresetName, Simulator } from '@terway/cloud-simulator';
import type { CniRuntime } from '../pods/cni-runtime.js';
import { createPod, type Pod } from '../pods/pod.js';
import type { Progress } from '../report/progress.js';
import { Children } from '../run/children.js';
import type { RunCommand } from '../run/command.js';
import { inParallel } from '../run/in-parallel.js';
import { labNames } from '../run/names.js';
import { removeNetns } from '../run/netns.js';
import type { Teardown } from '../run/teardown.js';
import { offerServices } from './cloud-service.js';
import { installCni } from './install-cni.js';
import type { RunFolders } from './prepare-run.js';
import { startAgent, type AgentEndpoints } from './start-agent.js';
import { linksOf, startCloud } from './start-cloud.js';
import { type IpamEndpoints, startIpam } from './start-ipam.js';
import { type BootedNode, type StartedVpc, startVpc } from './start-vpc.js';
import { startStore } from './start-store.js';
import { planTopology, type Topology } from './topology.js';

/** Ports on loopback; 0 takes any free one. */
export interface LabPorts {
  readonly openApi: number;
  readonly metadata: number;
  readonly control: number;
  readonly rpc: number;
  readonly http: number;
}

export interface LabOptions {
  readonly run: string;
  readonly nodes: number;
  /** What instances must be able to carry. */
  readonly podsPerNode: number;
  /** `level` for the embedded store, `redis` for a server of the lab's own, or a store's URL. */
  readonly store: string;
  /** How the simulated cloud behaves. */
  readonly preset: PresetName;
  readonly ports: LabPorts;
  /** Replaces parts of `eni_conf`. */
  readonly eniConf?: Readonly<Record<string, unknown>>;
  /** Flags of the IPAM service beside the lab's own, or in their place. */
  readonly ipamFlags?: Readonly<Record<string, string>>;
  /** The same for every agent. */
  readonly agentFlags?: Readonly<Record<string, string>>;
}

export interface LabParts {
  readonly folders: RunFolders;
  readonly teardown: Teardown;
  readonly progress: Progress;
  readonly runCommand: RunCommand;
}

/** A node with its agent, and the CNI runtime that runs pods on it. */
export interface RunningNode extends BootedNode {
  readonly runtime: CniRuntime;
  readonly agent: AgentEndpoints;
}

/** The whole system at work. */
export interface Lab {
  readonly run: string;
  readonly topology: Topology;
  readonly simulator: Simulator;
  readonly vpc: StartedVpc;
  readonly ipam: IpamEndpoints;
  readonly ops: OpsClient;
  readonly nodes: readonly RunningNode[];
  readonly children: Children;
}

/** Where nodes find the services of the cloud. */
const metadataAddress = { host: '100.100.100.200', port: 80 };
const ipamAddress = { host: '100.100.100.210', port: 19650 };
/** The IPAM service as agents reach it, host:port. */
export const ipamSeenFromNodes = `${ipamAddress.host}:${ipamAddress.port}`;
const nodesAtOnce = 4;

/** Starts everything but pods; what it made is in `parts.teardown`. @throws LabError, ListenError */
export async function startLab(options: LabOptions, parts: LabParts): Promise<Lab> {
  const { run, preset, ports, eniConf = {}, ipamFlags = {}, agentFlags = {} } = options;
  const { folders, teardown, progress, runCommand } = parts;
  const names = labNames(run);
  const topology = planTopology(options);
  const children = new Children({ run, logDir: folders.dataDir, teardown });

  const simulator = await progress.step('cloud simulator', () => startCloud({ topology, preset, ports, teardown }));
  const storeUrl = await progress.step(`store (${options.store})`, () =>
    startStore(options.store, folders.dataDir, children),
  );
  const ipam = await progress.step('IPAM service', () =>
    startIpam(
      { run, topology, simulator, storeUrl, ports, dataDir: folders.dataDir, eniConf, flags: ipamFlags },
      children,
    ),
  );
  const ops = createClient('terway.ops.v1.OpsService', targetOf([ipam.rpc]));
  teardown.add('client of OpsService', async () => ops.close());

  const vpc = await progress.step(`VPC fabric and ${options.nodes} nodes`, () =>
    startVpc({
      ...{ names, topology, teardown, run: runCommand },
      services: [metadataAddress.host, ipamAddress.host],
      followLinks: linksOf(simulator),
      report: (error) => progress.note(`fabric: ${String(error)}`),
    }),
  );
  await offerServices(
    [
      { name: 'metadata', address: metadataAddress, target: { host: '127.0.0.1', port: simulator.metadataPort } },
      { name: 'ipam', address: ipamAddress, target: ipam.rpcEndpoint },
    ],
    { fabricNetns: names.fabric, socketDir: folders.socketDir, children, teardown },
  );
  const nodes = await progress.step(`${options.nodes} agents`, () =>
    inParallel(vpc.nodes, nodesAtOnce, async (node): Promise<RunningNode> => {
      const agent = await startAgent({ node, folders, ipam: ipamSeenFromNodes, flags: agentFlags }, children);
      const runtime = await installCni({ netns: node.netns, dir: agent.dir, cniSocket: agent.cniSocket }, runCommand);
      return { ...node, agent, runtime };
    }),
  );
  return { run, topology, simulator, vpc, ipam, ops, nodes, children };
}

export interface LabPod extends Pod {
  readonly node: RunningNode;
  /** `n1-2` for the second pod of n1. */
  readonly label: string;
}

/** Few at once: a container runtime does the same, and two cores have to start a process for each. */
const podsAtOnce = 4;

/** Pods `web-1`, `web-2`, ... on every node, each made by executing the CNI plugin. @throws CniError */
export function createPods(
  lab: Lab,
  podsPerNode: number,
  { teardown, runCommand }: LabParts,
): Promise<readonly LabPod[]> {
  const names = labNames(lab.run);
  const wanted = Array.from({ length: podsPerNode }, (_, i) =>
    lab.nodes.map((node) => ({ node, number: i + 1 })),
  ).flat();
  return inParallel(wanted, podsAtOnce, async ({ node, number }) => {
    const label = `${node.name}-${number}`;
    const spec = { namespace: 'default', name: `web-${label}`, netns: names.pod(label) };
    const pod = await createPod(node.runtime, spec, runCommand);
    teardown.add(`pod ${label}`, () => removeNetns(pod.netns, runCommand));
    return { ...pod, node, label };
  });
}
