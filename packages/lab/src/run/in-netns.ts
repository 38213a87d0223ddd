import type { Command } from './command.js';

/** Where `ip netns` keeps its names. */
export function netnsPath(netns: string): string {
  return `/run/netns/${netns}`;
}

/** The same command, run inside a namespace: its network changes, its files stay those of the machine. */
export function inNetns(netns: string, command: Command): Command {
  return { ...command, program: 'nsenter', args: [`--net=${netnsPath(netns)}`, command.program, ...command.args] };
}

/** `ip -batch` inside a namespace; stops at the first line that the kernel refuses. */
export function ipBatch(netns: string, lines: readonly string[]): Command {
  return { program: 'ip', args: ['-n', netns, '-batch', '-'], stdin: `${lines.join('\n')}\n` };
}

/** `nft -f` inside a namespace: all lines or none. */
export function nftTransaction(netns: string, lines: readonly string[]): Command {
  return inNetns(netns, { program: 'nft', args: ['-f', '-'], stdin: `${lines.join('\n')}\n` });
}
