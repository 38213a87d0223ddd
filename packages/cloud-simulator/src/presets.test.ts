import { presets } from './presets.js';
import { testCloud } from './test-cloud.js';

describe('the typical preset', () => {
  it('attaches in seconds, and shows it a little later', () => {
    const test = testCloud({ knobs: presets.typical });
    const secondsUntil = (status: string, seen: () => string | undefined): number => {
      let seconds = 0;
      for (; seen() !== status; seconds++) test.cloud.clock.advance(1000);
      return seconds;
    };
    const durations = Array.from({ length: 30 }, () => {
      const eniId = test.create();
      test.call('AttachNetworkInterface', { NetworkInterfaceId: eniId, InstanceId: 'i-32' });
      const seconds = secondsUntil('InUse', () => test.eni(eniId)?.status);
      test.call('DetachNetworkInterface', { NetworkInterfaceId: eniId, InstanceId: 'i-32' });
      secondsUntil('Available', () => test.eni(eniId)?.status);
      return seconds;
    });
    const sorted = durations.toSorted((one, other) => one - other);
    expect(sorted[15]).toBeGreaterThanOrEqual(3);
    expect(sorted[15]).toBeLessThanOrEqual(6);
    expect(sorted.at(-1)).toBeLessThanOrEqual(42);
    expect(test.cloud.violations()).toEqual([]);
  });
});
