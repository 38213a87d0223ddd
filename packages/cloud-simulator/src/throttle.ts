import type { ThrottleKnobs } from './knobs.js';

/** Calls per account, action and minute, as Terway paces itself: the best public estimate of the real limits. */
export const estimatedBudgets = {
  default: 500,
  DetachNetworkInterface: 400,
  AssignPrivateIpAddresses: 400,
  UnassignPrivateIpAddresses: 400,
  DescribeInstanceTypes: 400,
  DescribeVSwitches: 300,
  DescribeNetworkInterfaces: 800,
  DescribeNetworkInterfaceAttribute: 2000,
} as const;

const minuteMs = 60_000;

/** What has been used up of the budgets. */
export interface ThrottleState {
  /** Action -> calls in the minute that began at `windowMs`. */
  readonly windows: Map<string, { windowMs: number; calls: number }>;
  /** Budgets that were changed while running: action -> calls per minute. */
  readonly budgets: Map<string, number>;
  /** Every call is refused until then, Unix milliseconds. */
  refuseAllUntilMs: number;
}

export function newThrottle(): ThrottleState {
  return { windows: new Map(), budgets: new Map(), refuseAllUntilMs: Number.NEGATIVE_INFINITY };
}

/**
 * Counts a call against the budget of its action in the natural minute of `nowMs`. A refused call costs nothing.
 * @returns whether the call may pass
 */
export function admit(state: ThrottleState, knobs: ThrottleKnobs, action: string, nowMs: number): boolean {
  if (nowMs < state.refuseAllUntilMs) return false;
  const changed = state.budgets.get(action);
  if (knobs.mode === 'off' && changed === undefined) return true;
  const budget = (changed ?? knobs.budgets[action] ?? knobs.budgets.default) * (1 - knobs.foreignLoad);
  const windowMs = Math.floor(nowMs / minuteMs) * minuteMs;
  const window = state.windows.get(action);
  const calls = window?.windowMs === windowMs ? window.calls : 0;
  if (calls + 1 > budget) return false;
  state.windows.set(action, { windowMs, calls: calls + 1 });
  return true;
}
