import type { Lab } from '../lab/lab.js';
import { inNetns } from '../run/in-netns.js';
import type { Table } from './table.js';

/** Where the parts of a lab answer. */
export function endpointTable({ ipam, nodes, simulator, vpc }: Lab): Table {
  const first = nodes[0];
  return {
    title: 'Endpoints',
    columns: ['what', 'where', 'seen from'],
    rows: [
      ['IPAM RPC (gRPC, reflection on)', ipam.rpc, 'this machine'],
      ['IPAM metrics', `${ipam.httpUrl}/metrics`, 'this machine'],
      ['simulated cloud, control', `http://127.0.0.1:${simulator.controlPort}`, 'this machine'],
      ...(first === undefined ? [] : [['agent metrics', first.agent.metricsUrl, `namespace ${first.netns}`]]),
      ['VPC fabric', vpc.fabric.netns, 'ip netns'],
    ],
  };
}

/** Three commands to try. */
export function nextSteps({ ipam, nodes }: Lab, podNetns: string | undefined, dataDir: string): string {
  const from = podNetns ?? nodes[0]?.netns ?? '';
  const { program, args } = inNetns(from, { program: 'ip', args: ['route'] });
  return [
    'Try next:',
    `  npm run terway-cli -- leases --address ${ipam.rpc}`,
    `  curl -s ${ipam.httpUrl}/metrics | grep terway_ipam`,
    `  ${program} ${args.join(' ')}`,
    `Logs: ${dataDir}`,
    '',
  ].join('\n');
}
