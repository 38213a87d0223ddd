import type { RedisConnection } from './redis-connection.js';
import type { RedisKeys } from './redis-keys.js';
import { scriptOf } from './redis-script.js';
import type { Reservation, VSwitchLedger } from './vswitch-ledger.js';

const reservedScript = scriptOf(1, 'reserved.lua');

/** Reservations in Redis, one hash per vSwitch, so that all replicas see what each of them is about to take. */
export class RedisVSwitchLedger implements VSwitchLedger {
  constructor(
    private readonly redis: RedisConnection,
    private readonly keys: RedisKeys,
  ) {}

  async reserve({ vSwitchId, intentId, count, expiresAtMs }: Reservation): Promise<void> {
    await this.redis.call('HSET', [this.keys.reservations(vSwitchId), intentId, `1 ${count} ${expiresAtMs}`]);
  }

  async drop(vSwitchId: string, intentId: string): Promise<void> {
    await this.redis.call('HDEL', [this.keys.reservations(vSwitchId), intentId]);
  }

  async reserved(vSwitchIds: readonly string[], nowMs: number): Promise<ReadonlyMap<string, number>> {
    const counts = await Promise.all(
      vSwitchIds.map(async (id): Promise<[string, number]> => {
        return [id, Number(await this.redis.run(reservedScript, [this.keys.reservations(id), nowMs]))];
      }),
    );
    return new Map(counts.filter(([, count]) => count > 0));
  }
}
