import { parsePreviousResult } from './previous-result.js';
import { type AttachedInterface, renderResult } from './result.js';
import { supportedVersions } from './version.js';

const attached: AttachedInterface = {
  hostInterface: 'cali0123456789a',
  hostMac: 'ee:00:00:00:00:02',
  podInterface: 'eth0',
  podMac: 'ee:00:00:00:00:01',
  mtu: 1_500,
  netns: '/run/netns/web-0',
  ip: '10.0.0.10',
  nextHop: '169.254.1.1',
};

describe('the result of ADD', () => {
  it('at 1.1.0 names both ends, the address and the default route', () => {
    expect(JSON.parse(renderResult('1.1.0', attached, undefined, undefined))).toEqual({
      cniVersion: '1.1.0',
      interfaces: [
        { name: 'cali0123456789a', mac: 'ee:00:00:00:00:02', mtu: 1_500 },
        { name: 'eth0', mac: 'ee:00:00:00:00:01', mtu: 1_500, sandbox: '/run/netns/web-0' },
      ],
      ips: [{ address: '10.0.0.10/32', gateway: '169.254.1.1', interface: 1 }],
      routes: [{ dst: '0.0.0.0/0', gw: '169.254.1.1' }],
    });
  });

  it.each(supportedVersions)('at %s has the fields of that version and no others', (cniVersion) => {
    const text = renderResult(cniVersion, attached, undefined, undefined);
    expect(text.includes('"mtu"')).toBe(cniVersion === '1.1.0');
    expect(text.includes('"version":"4"')).toBe(cniVersion.startsWith('0.'));
    expect(JSON.parse(text)).toMatchObject({ cniVersion });
  });

  it('keeps what an earlier plugin made, and its indexes', () => {
    const earlier = {
      interfaces: [{ name: 'lo', sandbox: '/run/netns/web-0' }],
      ips: [{ address: '127.0.0.1/8', interface: 0 }],
      routes: [{ dst: '10.1.0.0/16' }],
      dns: { nameservers: ['10.0.0.2'] },
    };
    const rendered = renderResult('1.0.0', attached, parsePreviousResult(earlier), undefined);
    const { interfaces, ips, routes, dns } = JSON.parse(rendered) as typeof earlier;
    expect(interfaces.map(({ name }) => name)).toEqual(['lo', 'cali0123456789a', 'eth0']);
    expect(ips).toMatchObject([{ interface: 0 }, { address: '10.0.0.10/32', interface: 2 }]);
    expect(routes).toMatchObject([{ dst: '10.1.0.0/16' }, { dst: '0.0.0.0/0' }]);
    expect(dns).toEqual(earlier.dns);
  });

  it('hands on the name servers of the configuration, before those of an earlier plugin', () => {
    const previous = parsePreviousResult({ dns: { domain: 'earlier' } });
    expect(JSON.parse(renderResult('1.0.0', attached, previous, { domain: 'own' }))).toMatchObject({
      dns: { domain: 'own' },
    });
  });
});
