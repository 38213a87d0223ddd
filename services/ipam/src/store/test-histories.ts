import { type CommandKind, type CommandOf, type NodeRecord, planPool, type Reply, step } from '@terway/ipam-core';
import { walk } from '@terway/ipam-core/model/walk';

/** One command of a history, and what `step` made of it. */
export interface Event {
  readonly nodeId: string;
  /** The record before: not what the last event of this node left, where its store was lost or went back. */
  readonly before: NodeRecord | undefined;
  readonly command: CommandOf<CommandKind>;
  readonly nowMs: number;
  readonly after: NodeRecord | undefined;
  readonly reply: Reply<unknown>;
}

/**
 * A random history of two nodes: agents, replicas and the cloud as the model of the protocol plays them, with lost and
 * repeated messages, pauses, and stores that vanish or go back. The same seed gives the same history.
 */
export function historyOf(seed: number, steps: number): readonly Event[] {
  const events: Event[] = [];
  const recording: typeof step = (before, command, nowMs, times) => {
    const result = step(before, command, nowMs, times);
    const nodeId = result.record?.nodeId;
    if (nodeId !== undefined) {
      events.push({ nodeId, before, command, nowMs, after: result.record, reply: result.reply });
    }
    return result;
  };
  walk({ step: recording, planPool }, seed, steps);
  return events;
}
