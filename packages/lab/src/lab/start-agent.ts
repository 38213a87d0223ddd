import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Child } from '../run/child.js';
import type { Children } from '../run/children.js';
import type { RunFolders } from './prepare-run.js';
import type { BootedNode } from './start-vpc.js';

export interface AgentEndpoints {
  /** Folder of the node's own files. */
  readonly dir: string;
  readonly cniSocket: string;
  /** Seen from the node and from pods. */
  readonly metricsUrl: string;
  readonly process: Child;
}

// beside this file's folder in dist, and the same when the sources run
const agentMain = join(__dirname, '../../../../services/agent/dist/main.js');
const httpPort = 19653;

export interface AgentParts {
  readonly node: BootedNode;
  readonly folders: RunFolders;
  /** The IPAM service as nodes reach it, host:port. */
  readonly ipam: string;
  /** Beside the lab's own flags, or in their place. */
  readonly flags?: Readonly<Record<string, string>>;
}

/** Starts the agent of a node in the node's network. @throws LabError `not-ready` */
export async function startAgent(parts: AgentParts, children: Children): Promise<AgentEndpoints> {
  const { node, folders, ipam } = parts;
  const dir = join(folders.dataDir, node.name);
  await mkdir(dir, { recursive: true });
  const cniSocket = join(folders.socketDir, `${node.name}-cni.sock`);
  const flags = {
    ipam,
    'node-name': node.name,
    'metadata-url': `http://100.100.100.200/nodes/${node.instanceId}/latest`,
    'state-dir': join(dir, 'state'),
    socket: join(folders.socketDir, `${node.name}-eni.sock`),
    'cni-socket': cniSocket,
    'http-port': `${httpPort}`,
    ...parts.flags,
  };
  const child = await children.start({
    name: `agent-${node.name}`,
    program: process.execPath,
    args: [agentMain, ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value])],
    netns: node.netns,
    isReady: (line) => line.includes('msg="agent is ready"'),
  });
  return { dir, cniSocket, metricsUrl: `http://${node.ip}:${httpPort}/metrics`, process: child };
}
