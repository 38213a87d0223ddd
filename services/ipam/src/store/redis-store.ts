import type { ProtocolTimes } from '@terway/ipam-core';
import type { Logger } from '@terway/runtime';
import { keysOf } from './redis-keys.js';
import { RedisNodeStore } from './redis-node-store.js';
import { connectSingle } from './redis-single.js';
import { RedisVSwitchLedger } from './redis-vswitch-ledger.js';

export interface RedisStoreOptions {
  /** As `connectSingle` takes it. */
  readonly url: string;
  /** Separates clusters that share a Redis; no braces, no colons. */
  readonly clusterId: string;
  /** Shown in the server's list of clients. */
  readonly clientName: string;
  readonly times: ProtocolTimes;
  /** 128 random bits. */
  readonly newId: () => string;
  readonly log: Logger;
}

export interface RedisStore {
  readonly nodeStore: RedisNodeStore;
  readonly vSwitchLedger: RedisVSwitchLedger;
  close(): Promise<void>;
}

/** Leases and reservations on one Redis server. @throws IpamRefusal `invalid-request` for the cluster id */
export async function openRedisStore(options: RedisStoreOptions): Promise<RedisStore> {
  const { url, clusterId, clientName, times, newId, log } = options;
  const keys = keysOf(clusterId);
  const redis = await connectSingle({ url, clientName, log });
  return {
    nodeStore: new RedisNodeStore({ redis, keys, times, newId }),
    vSwitchLedger: new RedisVSwitchLedger(redis, keys),
    close: () => redis.close(),
  };
}
