import { presets } from './presets.js';
import { admit, newThrottle } from './throttle.js';

const minuteMs = 60_000;
const knobs = { ...presets.typical.throttle, budgets: { default: 3, Cheap: 5 } };

function admitted(state: ReturnType<typeof newThrottle>, action: string, nowMs: number, calls: number): number {
  return Array.from({ length: calls }, () => admit(state, knobs, action, nowMs)).filter(Boolean).length;
}

describe('throttling', () => {
  it('admits the budget of a natural minute, up to its last millisecond, and again from the next one on', () => {
    const state = newThrottle();
    expect(admitted(state, 'A', 10 * minuteMs + 59_000, 2)).toBe(2);
    expect(admitted(state, 'A', 11 * minuteMs - 1, 5)).toBe(1);
    expect(admitted(state, 'A', 11 * minuteMs, 5)).toBe(3);
  });

  it('keeps a budget for each action', () => {
    const state = newThrottle();
    expect([admitted(state, 'A', 0, 9), admitted(state, 'B', 0, 9), admitted(state, 'Cheap', 0, 9)]).toEqual([3, 3, 5]);
  });

  it('leaves less where other tools call too', () => {
    const state = newThrottle();
    const shared = { ...knobs, foreignLoad: 0.5 };
    expect([1, 2].map(() => admit(state, shared, 'A', 0))).toEqual([true, false]);
  });

  it('refuses everything for as long as it was told to', () => {
    const state = newThrottle();
    state.refuseAllUntilMs = 500;
    const off = { ...knobs, mode: 'off' as const };
    expect([admit(state, off, 'A', 499), admit(state, off, 'A', 500)]).toEqual([false, true]);
  });

  it('counts an action with a budget of its own even when throttling is off', () => {
    const state = newThrottle();
    state.budgets.set('A', 1);
    const off = { ...knobs, mode: 'off' as const };
    expect([admit(state, off, 'A', 0), admit(state, off, 'A', 0), admit(state, off, 'B', 0)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
