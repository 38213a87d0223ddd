import { DatapathError } from './errors.js';
import { line, type Step, toLines } from './step.js';

describe('line', () => {
  it('puts words into a line', () => {
    expect(line`link set dev ${'eth0'} mtu ${1500} up`).toBe('link set dev eth0 mtu 1500 up');
  });

  it.each(['eth0\nlink delete dev eth1', 'eth0 down', '', 'a"b', 'a\\b', '$(reboot)', 'ä'])(
    'refuses the word %j',
    (word) => {
      expect(() => line`link set dev ${word} up`).toThrow(DatapathError);
    },
  );
});

describe('toLines', () => {
  const veth: Step = {
    netns: 'host',
    kind: 'veth',
    dev: 'calix',
    mac: 'ee:00:00:00:00:01',
    mtu: 1500,
    peer: { dev: 'eth0', mac: 'ee:00:00:00:00:02' },
  };

  it('refuses a pair without a namespace for its peer', () => {
    expect(() => toLines(veth, undefined)).toThrow('expected a word without blanks, got ""');
  });

  it('knows IPv6 as well', () => {
    expect(toLines({ netns: 'pod', kind: 'address', dev: 'eth0', prefix: 'fd00::a/128' }, undefined)).toEqual([
      'address replace fd00::a/128 dev eth0',
    ]);
  });
});
