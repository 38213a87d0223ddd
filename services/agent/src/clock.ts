import { readFileSync } from 'node:fs';

/** Time as the agent uses it. Cooldowns run on the monotonic clock: nobody can set it. */
export interface Clock {
  /** Unix time. */
  nowMs(): number;
  /** Time since the machine started; the same for every process of one boot. */
  monotonicMs(): number;
  /** Random id of this boot: monotonic times of another boot mean nothing. */
  readonly bootId: string;
}

export function systemClock(): Clock {
  return {
    nowMs: Date.now,
    monotonicMs: () => Number(process.hrtime.bigint() / 1_000_000n),
    bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
  };
}
