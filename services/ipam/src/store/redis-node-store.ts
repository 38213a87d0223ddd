import { changesBetween, step } from '@terway/ipam-core';
import type { CommandKind, CommandOf, NodeCommand, NodeRecord, ProtocolTimes, Replies, Reply } from '@terway/ipam-core';
import type { NodeStore } from './node-store.js';
import type { RedisConnection } from './redis-connection.js';
import type { RedisKeys } from './redis-keys.js';
import { RedisLeases } from './redis-leases.js';
import { textsIn } from './redis-reply.js';
import { RedisRecords } from './redis-record.js';

export interface RedisNodeStoreParts {
  readonly redis: RedisConnection;
  readonly keys: RedisKeys;
  readonly times: ProtocolTimes;
  /** 128 random bits. */
  readonly newId: () => string;
}

/** Other writers of the same record may come first this often before a command is refused. */
const attempts = 16;

/** Commands after which a node is put into the registry: also a lost registry is whole after one period of renewals. */
const registering: ReadonlySet<CommandKind> = new Set(['open', 'renew']);

/**
 * Records in Redis, shared by replicas. Where a pod waits, one script does all; everything else is read, decided by
 * `step`, and written if the record is still the one that was read.
 */
export class RedisNodeStore implements NodeStore {
  private readonly records: RedisRecords;
  private readonly leases: RedisLeases;

  constructor(private readonly parts: RedisNodeStoreParts) {
    const { redis, keys, times } = parts;
    this.records = new RedisRecords(redis, keys);
    this.leases = new RedisLeases(redis, keys, times);
  }

  async apply<K extends CommandKind>(nodeId: string, command: CommandOf<K>, nowMs: number): Promise<Reply<Replies[K]>> {
    const value = await this.runScript(nodeId, command, nowMs);
    const reply: Reply<Replies[K]> =
      value === undefined
        ? await this.applyByStep<K>(nodeId, command, nowMs)
        : { ok: true, value: value as Replies[K] };
    if (reply.ok && registering.has(command.kind)) {
      await this.parts.redis.call('SADD', [this.parts.keys.registry, nodeId]);
    }
    return reply;
  }

  async read(nodeId: string): Promise<NodeRecord | undefined> {
    return (await this.records.read(nodeId)).record;
  }

  async nodeIds(): Promise<readonly string[]> {
    return textsIn(await this.parts.redis.call('SMEMBERS', [this.parts.keys.registry]));
  }

  close(): Promise<void> {
    return this.parts.redis.close();
  }

  /** Undefined where no script decides. */
  private async runScript(
    nodeId: string,
    command: NodeCommand,
    nowMs: number,
  ): Promise<Replies['allocate' | 'release'] | undefined> {
    const requestId = this.parts.newId();
    if (command.kind === 'allocate') return this.leases.allocate(nodeId, { command, nowMs, requestId });
    if (command.kind === 'release') return this.leases.release(nodeId, { command, nowMs, requestId });
    return undefined;
  }

  private async applyByStep<K extends CommandKind>(
    nodeId: string,
    command: CommandOf<K>,
    nowMs: number,
  ): Promise<Reply<Replies[K]>> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const { record: before, revision } = await this.records.read(nodeId);
      const { record, reply } = step<K>(before, command, nowMs, this.parts.times);
      if (record === undefined) return reply;
      const changes = changesBetween(before, record);
      if (changes.size === 0) return reply;
      const requestId = this.parts.newId();
      if (await this.records.commit(nodeId, { requestId, revision, changes, nowMs })) return reply;
    }
    return {
      ok: false,
      refusal: {
        reason: 'record-changed',
        message: `node ${nodeId}: other writers came first ${attempts} times`,
        retryAfterMs: 500,
      },
    };
  }
}
