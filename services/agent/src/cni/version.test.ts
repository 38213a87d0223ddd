import { cniCode } from './errors.js';
import { atLeast, isVerb, negotiate, supportedVersions } from './version.js';

describe('the version of a call', () => {
  it.each(supportedVersions)('%s is spoken by ADD and DEL', (version) => {
    expect([negotiate(version, 'ADD'), negotiate(version, 'DEL')]).toEqual([version, version]);
  });

  it.each([
    ['CHECK', '0.3.1', '0.4.0'],
    ['GC', '1.0.0', '1.1.0'],
    ['STATUS', '1.0.0', '1.1.0'],
  ] as const)('%s is refused at %s and exists from %s', (verb, before, since) => {
    const refusal = {
      code: cniCode.incompatibleVersion,
      message: expect.stringContaining(`${verb} exists from ${since}`),
    };
    expect(() => negotiate(before, verb)).toThrow(expect.objectContaining(refusal));
    expect(negotiate(since, verb)).toBe(since);
  });

  it.each([undefined, '', '0.1.0', '0.2.0', '1.2.0', '1.1', ' 1.1.0', 'latest'])('%j is refused', (version) => {
    expect(() => negotiate(version, 'ADD')).toThrow(expect.objectContaining({ code: cniCode.incompatibleVersion }));
  });

  it('is ordered', () => {
    const pairs = supportedVersions.flatMap((left, i) =>
      supportedVersions.map((right, j) => [left, right, i >= j] as const),
    );
    expect(pairs.every(([left, right, newer]) => atLeast(left, right) === newer)).toBe(true);
  });

  it.each(['add', 'VERSION', 'toString', ''])('%j is no verb of the agent', (text) => expect(isVerb(text)).toBe(false));
});
