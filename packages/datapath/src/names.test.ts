import { hostIfNameOf, isHostIfName, macsOf } from './names.js';

describe('hostIfNameOf', () => {
  it.each([
    ['default', 'client-b6989bf87-2bgtc', 'eth0', 'calic95a4947e07'],
    ['default', 'nginx', 'eth0', 'calic440f455693'],
    ['default', 'nginx', 'eth1', 'calib2fabf209b3'],
    ['kube-system', 'coredns-0', 'eth0', 'cali8c346e38bf4'],
  ])('names %s/%s %s as Terway does', (podNamespace, podName, ifName, expected) => {
    const name = hostIfNameOf({ podNamespace, podName, ifName });
    expect(name).toBe(expected);
    expect(isHostIfName(name)).toBe(true);
  });

  it.each(['eth0', 'cali', 'calico0', 'calic440f45569', 'calic440f4556933'])(
    'does not take %s for one of ours',
    (name) => {
      expect(isHostIfName(name)).toBe(false);
    },
  );
});

describe('macsOf', () => {
  it('is the same each time, and differs by pod and by end', () => {
    const { podMac, hostMac } = macsOf('calic440f455693');
    expect(macsOf('calic440f455693')).toEqual({ podMac, hostMac });
    expect(new Set([podMac, hostMac, ...Object.values(macsOf('calib2fabf209b3'))]).size).toBe(4);
  });

  it('is locally administered and unicast', () => {
    for (const mac of Object.values(macsOf('calic440f455693'))) {
      expect(mac).toMatch(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/);
      expect(parseInt(mac.slice(0, 2), 16) & 0b11).toBe(0b10);
    }
  });
});
