import { join } from 'node:path';
import { LabError } from '../lab-error.js';
import type { Children } from '../run/children.js';
import { startRedis } from './redis.js';

/**
 * The URL of the lease store. `level` is the embedded one in the lab's own folder, `redis` a server of the lab's own;
 * everything else must be a URL already.
 *
 * @throws LabError `invalid-input`
 */
export async function startStore(store: string, dataDir: string, children: Children): Promise<string> {
  if (store === 'level') return `level:${join(dataDir, 'store')}`;
  if (store === 'redis') return startRedis(dataDir, children);
  if (/^(redis|level|memory):/.test(store)) return store;
  throw new LabError(
    'invalid-input',
    `--store: expected level, redis, or a URL such as redis://HOST:PORT, got '${store}'`,
  );
}
