import type { Owner, Pod } from '../owner.js';

/** Who asks, and what of the record the asker has seen: in every command of an agent. */
export interface Fence {
  readonly incarnation: string;
  /** Empty in `open`. */
  readonly session: string;
  /** Empty before the first answer. */
  readonly generation: string;
  readonly lastAgentSeq: number;
}

/** A promise of the agent: the address is not wired, and will not be used under this term. */
export interface Departure {
  readonly ip: string;
  readonly term: string;
}

export interface OpenCommand {
  readonly kind: 'open';
  readonly nodeId: string;
  readonly fence: Omit<Fence, 'session'>;
  readonly nodeName: string;
  /** Random: becomes the session. */
  readonly newSession: string;
  /** Random: becomes the generation of a record that is made now. */
  readonly newGeneration: string;
}

export interface WiredAddress {
  readonly ip: string;
  readonly eniMac: string;
  /** Absent where the kernel shows the address and the journal knows no owner. */
  readonly holder?: { readonly owner: Owner; readonly allocationId: string; readonly pod: Pod };
}

export interface SyncCommand {
  readonly kind: 'sync';
  readonly fence: Fence;
  readonly wired: readonly WiredAddress[];
  readonly cooling: readonly { readonly ip: string; readonly remainingMs: number }[];
  readonly departed: readonly Departure[];
  readonly seenMacs: readonly string[];
  readonly journalIntact: boolean;
  /** Random: fresh terms are made of it. */
  readonly seed: string;
}

export interface AllocateCommand {
  readonly kind: 'allocate';
  readonly fence: Fence;
  readonly owner: Owner;
  readonly allocationId: string;
  readonly pod: Pod;
  /** Unix ms until which the caller waits. */
  readonly untilMs: number;
}

export interface ReleaseCommand {
  readonly kind: 'release';
  readonly fence: Fence;
  readonly owner: Owner;
  readonly allocationId: string;
  readonly addressInUse: boolean;
}

export interface RenewCommand {
  readonly kind: 'renew';
  readonly fence: Fence;
  /** Empty = do not compare: another call of the node is in flight. */
  readonly journalDigest: string;
  readonly departed: readonly Departure[];
  readonly seenMacs: readonly string[];
  readonly seed: string;
}
