import { mustRun, type RunCommand } from '../run/command.js';
import { inNetns } from '../run/in-netns.js';
import type { Fact } from './fact.js';
import { observeFabric } from './observe.js';
import { table } from './render.js';

/**
 * Routes last: a route goes before its link does, so a link that is gone never shows a route that seems to be there.
 * Addresses first: after `link show`, iproute2 6.1 shows none in the same batch.
 */
const reads = ['address show dev lo', 'link show', 'route show'];

/** The facts that the kernel holds in a fabric's namespace. @throws LabError `command-failed`, `unexpected-output` */
export async function readFabric(netns: string, run: RunCommand): Promise<readonly Fact[]> {
  const batch = { program: 'ip', args: ['-n', netns, '-j', '-batch', '-'], stdin: `${reads.join('\n')}\n` };
  const [ip, tableText] = await Promise.all([mustRun(run, batch), readTable(netns, run)]);
  return observeFabric(ip, tableText);
}

/** The fabric's nftables table as JSON, with all counters. */
export function readTable(netns: string, run: RunCommand): Promise<string> {
  return mustRun(run, inNetns(netns, { program: 'nft', args: ['-j', 'list', 'table', ...table.split(' ')] }));
}
