import type { CommandKind, CommandOf, NodeRecord, Replies, Reply } from '@terway/ipam-core';

/**
 * Where the records of nodes live. A command is applied atomically to one node's record by the rules of `step`
 * (ipam-core), and its reply leaves only after everything that it was computed from is durable.
 *
 * Every method may throw IpamRefusal `store-unavailable` (the outcome may be unknown: commands are safe to repeat) and
 * `schema-too-new`. Expected noes of the rules are replies, never exceptions.
 */
export interface NodeStore {
  apply<K extends CommandKind>(nodeId: string, command: CommandOf<K>, nowMs: number): Promise<Reply<Replies[K]>>;
  /** The record as it stands, or undefined; as fresh as the last acknowledged write. */
  read(nodeId: string): Promise<NodeRecord | undefined>;
  /** Ids of all nodes that have a record. */
  nodeIds(): Promise<readonly string[]>;
  close(): Promise<void>;
}
