import { actionsOf, calmRound } from './actions.js';
import { allAgentRules, type AgentRules } from './agent.js';
import type { Core } from './core-under-test.js';
import { newWorld, violation } from './world.js';

export interface Walk {
  /** What happened, in order. */
  readonly trace: readonly string[];
  /** What must never happen and did; undefined when nothing did. */
  readonly violation: string | undefined;
  readonly podsWired: number;
}

/** Rounds until both nodes have an ENI and idle addresses. */
const calmRounds = 12;

/** A random history of `steps` steps; the same seed gives the same history. */
export function walk(core: Core, seed: number, steps: number, rules: AgentRules = allAgentRules): Walk {
  const random = generator(seed);
  const world = newWorld(core, rules, (n) => Math.floor(random() * n));
  for (let i = 0; i < calmRounds; i++) calmRound(world);
  const trace: string[] = [];
  let podsWired = 0;
  for (let i = 0; i < steps; i++) {
    const actions = actionsOf(world);
    let left = random() * actions.reduce((sum, { weight }) => sum + weight, 0);
    const chosen = actions.find(({ weight }) => (left -= weight) < 0) ?? actions[0];
    if (chosen === undefined) break;
    chosen.run();
    trace.push(`${world.nowMs} ${chosen.name}`);
    const found = violation(world);
    if (found !== undefined) return { trace, violation: found, podsWired };
    podsWired = Math.max(
      podsWired,
      [...world.agents.values()].flatMap((a) => a.sandboxes.filter((s) => s.wired)).length,
    );
  }
  return { trace, violation: undefined, podsWired };
}

/** mulberry32: small, seeded, good enough to choose what happens next. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
