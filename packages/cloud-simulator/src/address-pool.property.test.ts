import fc from 'fast-check';
import { freeAddresses, gatewayOf, offsetOf, poolOf, takeAny, usableAddresses } from './address-pool.js';
import { formatIpv4, parseCidr, parseIpv4 } from './ipv4.js';
import { seededRandom } from './random.js';

const range = parseCidr('10.0.0.16/28') ?? { base: 0, size: 0 };

describe('the addresses of a vSwitch', () => {
  it('holds back the network address and the last three', () => {
    const pool = poolOf(range);
    expect(usableAddresses(pool)).toBe(12);
    expect(gatewayOf(pool)).toBe('10.0.0.29');
    const reserved = ['10.0.0.16', '10.0.0.29', '10.0.0.30', '10.0.0.31', '10.0.0.15', '10.0.0.32', 'x'];
    expect(reserved.map((ip) => offsetOf(pool, ip))).toEqual(reserved.map(() => undefined));
    expect([offsetOf(pool, '10.0.0.17'), offsetOf(pool, '10.0.0.28')]).toEqual([1, 12]);
  });

  it('hands out each address once, all or nothing, to the last one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 }), fc.nat(), (wishes, seed) => {
        const pool = poolOf(range);
        const random = seededRandom(String(seed));
        const given = wishes.flatMap((count) => {
          const before = freeAddresses(pool);
          const ips = takeAny(pool, count, 'eni-1', random);
          expect(ips?.length).toBe(count <= before ? count : undefined);
          expect(freeAddresses(pool)).toBe(before - (ips?.length ?? 0));
          return ips ?? [];
        });
        expect(new Set(given).size).toBe(given.length);
        expect(given.every((ip) => offsetOf(pool, ip) !== undefined)).toBe(true);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
        expect(parseIpv4(formatIpv4(value))).toBe(value);
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it.each(['10.0.0.1/28', '10.0.0.0', '10.0.0.0/33', '10.0.0.256/32', 'a/8'])(
    'does not take %s for a block',
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );
});
