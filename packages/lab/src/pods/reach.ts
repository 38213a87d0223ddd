import type { Place, Reach } from '../report/ping-matrix.js';
import type { RunCommand } from '../run/command.js';
import { inParallel } from '../run/in-parallel.js';
import { ping } from './ping.js';

/** A place to ping from, with its namespace, and whom to ping. */
export interface PingPlan {
  readonly from: Place;
  readonly netns: string;
  readonly targets: readonly Place[];
}

/** Few enough that two cores answer in time. */
const sourcesAtOnce = 4;

/** Pings everything planned; every source pings all its targets at once. */
export async function pingAll(plans: readonly PingPlan[], run: RunCommand): Promise<readonly Reach[]> {
  const results = await inParallel(plans, sourcesAtOnce, async ({ from, netns, targets }) => {
    if (targets.length === 0) return [];
    const answers = await ping(netns, [...new Set(targets.map(({ ip }) => ip))], {}, run);
    const byIp = new Map(answers.map(({ target, ...counts }) => [target, counts]));
    return targets.map((to): Reach => ({ from, to, ...(byIp.get(to.ip) ?? { sent: 0, received: 0 }) }));
  });
  return results.flat();
}
