import { chooseVSwitch, openVSwitches, type VSwitchSupply } from './vswitch.js';

const supply = (vSwitchId: string, free: number, more: Partial<VSwitchSupply> = {}): VSwitchSupply => ({
  ...{ vSwitchId, zoneId: 'z', cidr: '10.0.0.0/24', size: 100, free, reserved: 0, fullUntilMs: 0 },
  ...more,
});

it.each<[string, VSwitchSupply, boolean]>([
  ['has room', supply('a', 10), true],
  ['has less than is asked for', supply('a', 4), false],
  ['has room, but calls in flight will take it', supply('a', 10, { reserved: 6 }), false],
  ['was called full a moment ago', supply('a', 10, { fullUntilMs: 1_001 }), false],
  ['was called full, and that is over', supply('a', 10, { fullUntilMs: 1_000 }), true],
])('a vSwitch that %s', (_, vSwitch, open) => {
  expect(openVSwitches([vSwitch], 5, 1_000)).toEqual(open ? [vSwitch] : []);
});

it.each(['most', 'ordered'] as const)('%s takes the one with the most free addresses', (policy) => {
  const candidates = [supply('a', 10), supply('b', 30), supply('c', 40, { reserved: 20 })];
  expect(chooseVSwitch(candidates, policy, 0.99)?.vSwitchId).toBe('b');
});

it('balanced draws by free share, random draws evenly', () => {
  const candidates = [supply('a', 10), supply('b', 30)];
  const share = (policy: 'balanced' | 'random'): number => {
    const draws = Array.from({ length: 100 }, (_, i) => chooseVSwitch(candidates, policy, i / 100)?.vSwitchId);
    return draws.filter((id) => id === 'b').length;
  };
  expect([share('balanced'), share('random')]).toEqual([75, 50]);
});

it('there may be none', () => {
  expect(chooseVSwitch([], 'balanced', 0.5)).toBeUndefined();
});
