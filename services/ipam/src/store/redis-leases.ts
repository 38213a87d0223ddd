import { demandKey, type AllocateReply, type CommandOf, type Fence, type ProtocolTimes } from '@terway/ipam-core';
import type { Address, Eni, Obstacle, Replies } from '@terway/ipam-core';
import type { RedisConnection } from './redis-connection.js';
import type { RedisKeys } from './redis-keys.js';
import { textsIn } from './redis-reply.js';
import { scriptOf } from './redis-script.js';

const allocateScript = scriptOf(1, 'record.lua', 'allocate.lua');
const releaseScript = scriptOf(1, 'record.lua', 'release.lua');

export interface LeaseCall<C> {
  readonly command: C;
  readonly nowMs: number;
  /** Random; becomes the record's revision. */
  readonly requestId: string;
}

/**
 * The two commands that pods wait for, each carried out inside Redis in one step. Undefined: nothing was changed, and the
 * rules of `step` have to decide.
 */
export class RedisLeases {
  constructor(
    private readonly redis: RedisConnection,
    private readonly keys: RedisKeys,
    private readonly times: Pick<ProtocolTimes, 'cooldownMs'>,
  ) {}

  async allocate(nodeId: string, call: LeaseCall<CommandOf<'allocate'>>): Promise<AllocateReply | undefined> {
    const { owner, allocationId, pod, untilMs } = call.command;
    const reply = await this.redis.run(allocateScript, [
      this.keys.record(nodeId),
      ...beginning(call),
      JSON.stringify(owner),
      allocationId,
      JSON.stringify(pod),
      demandKey(owner, pod),
      untilMs,
    ]);
    const [kind = '', first = '', eni = '', seq = ''] = textsIn(reply);
    if (kind === 'waiting') return { kind, obstacle: first === '' ? undefined : (valueOf(first) as Obstacle) };
    if (kind !== 'granted') return undefined;
    return { kind, grant: { address: valueOf(first) as Address, eni: valueOf(eni) as Eni }, agentSeq: Number(seq) };
  }

  async release(nodeId: string, call: LeaseCall<CommandOf<'release'>>): Promise<Replies['release'] | undefined> {
    const { owner, allocationId, addressInUse } = call.command;
    const reply = await this.redis.run(releaseScript, [
      this.keys.record(nodeId),
      ...beginning(call),
      JSON.stringify(owner),
      allocationId,
      addressInUse ? 1 : 0,
      this.times.cooldownMs,
    ]);
    const [kind, seq] = textsIn(reply);
    return kind === 'released' ? { agentSeq: Number(seq) } : undefined;
  }
}

/** What both scripts are told first. */
function beginning({ command, nowMs, requestId }: LeaseCall<{ readonly fence: Fence }>): (string | number)[] {
  const { incarnation, session, generation, lastAgentSeq } = command.fence;
  return [nowMs, requestId, incarnation, session, generation, lastAgentSeq];
}

/** The scripts have seen that the version is ours. */
function valueOf(packed: string): unknown {
  return JSON.parse(packed.slice(1));
}
