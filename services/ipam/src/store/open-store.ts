import { IpamRefusal, type ProtocolTimes } from '@terway/ipam-core';
import type { Logger } from '@terway/runtime';
import { EmbeddedNodeStore } from './embedded-node-store.js';
import { LevelPersistence } from './level-persistence.js';
import { MemoryPersistence } from './memory-persistence.js';
import { MemoryVSwitchLedger } from './memory-vswitch-ledger.js';
import type { NodeStore } from './node-store.js';
import type { RecordPersistence } from './record-persistence.js';
import { openRedisStore } from './redis-store.js';
import { withoutPassword } from './redis-url.js';
import type { VSwitchLedger } from './vswitch-ledger.js';

export interface StoreContext {
  /** Separates clusters that share a Redis. */
  readonly clusterId: string;
  readonly times: ProtocolTimes;
  readonly nowMs: () => number;
  /** 128 random bits. */
  readonly newId: () => string;
  readonly log: Logger;
  /** The store cannot go on: the process must end. */
  readonly fail: (error: unknown) => void;
}

export interface OpenStore {
  readonly nodeStore: NodeStore;
  readonly vSwitchLedger: VSwitchLedger;
  close(): Promise<void>;
}

/**
 * The lease store that a URL names: `level:PATH` (embedded, one process), `memory:` (forgotten with the process) or
 * `redis://HOST:PORT` (`rediss:` for TLS).
 *
 * @throws IpamRefusal `invalid-request` for another URL; StoreFolderError
 */
export async function openStore(url: string, context: StoreContext): Promise<OpenStore> {
  const { clusterId, times, newId, log } = context;
  const [scheme = ''] = url.split(':', 1);
  const rest = url.slice(scheme.length + 1);
  switch (scheme) {
    case 'level':
      if (rest !== '') return embedded(await LevelPersistence.open(rest), context);
      break;
    case 'memory':
      return embedded(new MemoryPersistence(), context);
    case 'redis':
    case 'rediss':
      return openRedisStore({ url, clusterId, clientName: `terway-ipam/${process.pid}`, times, newId, log });
  }
  const got = withoutPassword(url);
  throw new IpamRefusal('invalid-request', `store: expected level:PATH, memory: or redis://HOST:PORT, got '${got}'`, {
    details: { field: 'store' },
  });
}

async function embedded(persistence: RecordPersistence, context: StoreContext): Promise<OpenStore> {
  const nodeStore = await EmbeddedNodeStore.open({ ...context, persistence });
  return { nodeStore, vSwitchLedger: new MemoryVSwitchLedger(), close: () => nodeStore.close() };
}
