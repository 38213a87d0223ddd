import { DatapathError } from './errors.js';
import type { KernelFacts } from './facts.js';
import type { VethStep } from './step.js';

/** What to do when the kernel says that one of the two names of a pair exists. */
export type VethConflict =
  /** Both ends are there and belong together: an ADD that is repeated. */
  | 'already-ours'
  /** Only the host's end has the name: left over from an earlier sandbox of the same pod. */
  | 'stale-host-end';

/** @throws DatapathError `interface-name-taken` when the name belongs to something we did not make */
export function judgeVethConflict(step: VethStep, facts: KernelFacts): VethConflict {
  const hostEnd = facts.host.links.find((link) => link.dev === step.dev);
  const podEnd = facts.pod?.links.find((link) => link.dev === step.peer.dev);
  if (hostEnd !== undefined && hostEnd.kind !== 'veth') {
    throw taken(step.dev, 'on the host', `${hostEnd.kind || 'hardware'} with MAC ${hostEnd.mac}`);
  }
  if (podEnd === undefined) return 'stale-host-end';
  const isPair = hostEnd?.peerIfIndex === podEnd.ifIndex && podEnd.peerIfIndex === hostEnd.ifIndex;
  if (isPair && hostEnd.mac === step.mac && podEnd.mac === step.peer.mac) return 'already-ours';
  throw taken(step.peer.dev, 'in the pod', `${podEnd.kind || 'hardware'} with MAC ${podEnd.mac}`);
}

function taken(dev: string, where: string, got: string): DatapathError {
  return new DatapathError('interface-name-taken', `link ${dev} ${where}: expected the name to be free, got ${got}`);
}
