import { insecureIdentity, noIdentity, type CallIdentity } from './node-identity.js';

const callOf = (...said: string[]): CallIdentity => ({
  metadata: { get: (key) => (key === 'x-terway-instance-id' ? said : []) },
});

describe('an identity that is believed', () => {
  it('is the instance that both call and fence name', () => {
    expect(insecureIdentity(callOf('i-1'), 'i-1')).toBe('i-1');
  });

  it.each([
    ['a call that names nobody', callOf(), 'i-1'],
    ['a call that speaks for another node', callOf('i-2'), 'i-1'],
    ['an empty name', callOf(''), ''],
  ])('refuses %s', (_, call, claimed) => {
    expect(() => insecureIdentity(call, claimed)).toThrow(expect.objectContaining({ reason: 'node-mismatch' }));
  });

  it('says who calls, and for whom', () => {
    expect(() => insecureIdentity(callOf('i-2'), 'i-1')).toThrow("the call comes from 'i-2' and speaks for 'i-1'");
  });
});

it('refuses everybody where no way to identify nodes is configured', () => {
  expect(() => noIdentity(callOf('i-1'), 'i-1')).toThrow(
    expect.objectContaining({ reason: 'node-mismatch', message: expect.stringContaining('--insecure-node-identity') }),
  );
});
