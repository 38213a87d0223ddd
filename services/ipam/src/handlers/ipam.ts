import type { IpamHandlers } from '@terway/api';
import type { Allocator } from '../allocator.js';
import type { Authenticate } from '../node-identity.js';
import type { NodeStore } from '../store/node-store.js';
import type { SyncAdmission } from '../sync-admission.js';
import { allocateHandler } from './allocate.js';
import { openHandler, type OpenParts } from './open.js';
import { releaseHandler } from './release.js';
import { renewHandler } from './renew.js';
import { syncHandler } from './sync.js';

export interface IpamHandlerParts extends OpenParts {
  readonly store: NodeStore;
  readonly authenticate: Authenticate;
  readonly allocator: Pick<Allocator, 'allocate'>;
  readonly syncs: SyncAdmission;
  readonly nowMs: () => number;
  readonly newId: () => string;
  /** The refill has something to do for the node. */
  readonly wakeRefill: (nodeId: string) => void;
  /** How long an Allocate waits whose caller names no deadline. */
  readonly allocateMs: number;
}

/** Wire in, a command of the core or a use case, wire out. */
export function ipamHandlers(parts: IpamHandlerParts): IpamHandlers {
  return {
    open: openHandler(parts),
    sync: syncHandler(parts),
    allocate: allocateHandler(parts),
    release: releaseHandler(parts),
    renew: renewHandler(parts),
  };
}
