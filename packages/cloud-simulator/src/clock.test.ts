import { VirtualClock, waitFor } from './clock.js';

function standing(): VirtualClock {
  return new VirtualClock({ startMs: 1000, speed: 0 });
}

describe('the virtual clock', () => {
  it('stands still until it is told to advance', () => {
    const clock = standing();
    expect(clock.nowMs()).toBe(1000);
    clock.advance(500);
    expect(clock.nowMs()).toBe(1500);
  });

  it('runs at its speed, and keeps the time when the speed changes', () => {
    let realMs = 0;
    const clock = new VirtualClock({ startMs: 0, speed: 10 }, () => realMs);
    realMs = 5;
    expect(clock.nowMs()).toBe(50);
    clock.setSpeed(1);
    realMs = 7;
    expect(clock.nowMs()).toBe(52);
    clock.stop();
  });

  it('rings in order, each alarm at its own moment, those that are set meanwhile too', () => {
    const clock = standing();
    const rung: [string, number][] = [];
    const note = (name: string) => () => rung.push([name, clock.nowMs()]);
    clock.alarm(1300, note('late'));
    clock.alarm(1100, () => {
      note('early')();
      clock.alarm(1200, note('between'));
    });
    clock.alarm(1600, note('beyond'));
    clock.advance(500);
    expect(rung).toEqual([
      ['early', 1100],
      ['between', 1200],
      ['late', 1300],
    ]);
    expect(clock.nowMs()).toBe(1500);
  });

  it('does not ring an alarm that was called off', () => {
    const clock = standing();
    const ring = jest.fn();
    clock.alarm(1100, ring)();
    clock.advance(500);
    expect(ring).not.toHaveBeenCalled();
  });

  it('rings by itself when it runs', async () => {
    const clock = new VirtualClock({ startMs: 0, speed: 1000 });
    await waitFor(clock, 5000);
    expect(clock.nowMs()).toBeGreaterThanOrEqual(5000);
    clock.stop();
  });
});
