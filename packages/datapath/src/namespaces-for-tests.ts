import { execFileSync } from 'node:child_process';
import type { PodAttachment } from './attachment.js';
import { hostIfNameOf, macsOf } from './names.js';
import { sampleAttachment } from './sample-attachment.js';

/** A node, the VPC behind its ENI, and two pods: four network namespaces of the kernel that runs the tests. */
export interface TestNode {
  readonly hostNetns: string;
  readonly podNetns: readonly [string, string];
  readonly vpcNetns: string;
  /** An attachment whose ENI is the node's; `index` chooses the pod. */
  attachment(index: 0 | 1, change?: Partial<PodAttachment>): PodAttachment;
  /** Carries one ip(8) command out in a namespace and gives back what it says. */
  ip(netns: string, command: string): string;
  /** What a TCP connection to a port that nobody listens on ends with: `ECONNREFUSED` when packets go there and back. */
  connect(netns: string, ip: string): string;
  removePod(index: 0 | 1): void;
  remove(): void;
}

/** @throws Error in one sentence when the tests do not run as root, or without iproute2 */
export function createTestNode(): TestNode {
  requireRoot();
  const prefix = `datapath-${process.pid}`;
  const names = { host: `${prefix}-node`, vpc: `${prefix}-vpc`, pods: [`${prefix}-pod0`, `${prefix}-pod1`] } as const;
  const all = [names.host, names.vpc, ...names.pods];
  const remove = () => all.forEach(removeNamespace);
  remove();
  try {
    for (const name of all) execFileSync('ip', ['netns', 'add', name]);
    const ip = (netns: string, command: string) =>
      execFileSync('nsenter', [`--net=${netns}`, '--', 'ip', ...command.split(' ')], { encoding: 'utf8' });
    const [hostNetns, vpcNetns] = [pathOf(names.host), pathOf(names.vpc)];
    ip(hostNetns, `link add name eth1 type veth peer name gateway netns ${vpcNetns}`);
    ip(vpcNetns, 'address add 10.0.0.253/24 dev gateway');
    ip(vpcNetns, 'link set dev gateway up');
    const [eth1] = JSON.parse(ip(hostNetns, '-j link show dev eth1')) as { ifindex: number; address: string }[];
    const eni = { ifName: 'eth1', ifIndex: eth1?.ifindex ?? 0, mac: eth1?.address ?? '' };
    for (const ipOfPod of podIps) ip(vpcNetns, `neighbour add ${ipOfPod} lladdr ${eni.mac} dev gateway nud permanent`);
    return {
      hostNetns,
      vpcNetns,
      podNetns: [pathOf(names.pods[0]), pathOf(names.pods[1])],
      attachment: (index, change) => attachmentOf(index, pathOf(names.pods[index]), { eni, ...change }),
      ip,
      connect,
      removePod: (index) => removeNamespace(names.pods[index]),
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
}

const podIps = ['10.0.0.10', '10.0.0.11'] as const;
const pathOf = (name: string) => `/run/netns/${name}`;

function attachmentOf(index: 0 | 1, netns: string, change: Partial<PodAttachment>): PodAttachment {
  const hostIfName = hostIfNameOf({ podNamespace: 'default', podName: `web-${index}`, ifName: 'eth0' });
  return sampleAttachment({ netns, hostIfName, ...macsOf(hostIfName), ip: podIps[index], ...change });
}

function requireRoot(): void {
  if (process.getuid?.() !== 0) throw new Error('these tests make network namespaces: run them as root');
  try {
    execFileSync('ip', ['-V'], { stdio: 'ignore' });
  } catch (cause) {
    throw new Error('these tests need iproute2: install the package that has ip(8)', { cause });
  }
}

function removeNamespace(name: string): void {
  try {
    execFileSync('ip', ['netns', 'delete', name], { stdio: 'ignore' });
  } catch {
    // it was not there
  }
}

function connect(netns: string, ip: string): string {
  const program = `require('net').connect({host:process.argv[1],port:9,timeout:3000})
    .on('connect',()=>done('connected')).on('error',(e)=>done(e.code)).on('timeout',()=>done('timeout'));
    function done(text){process.stdout.write(text);process.exit()}`;
  const args = [`--net=${netns}`, '--', process.execPath, '-e', program, ip];
  return execFileSync('nsenter', args, { encoding: 'utf8' });
}
