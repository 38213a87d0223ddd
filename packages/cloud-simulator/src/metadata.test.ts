import { metadataAt } from './metadata.js';
import { startMs, type TestCloud, testCloud } from './test-cloud.js';

function read(test: TestCloud, path: string): string | undefined {
  return metadataAt(test.cloud.world, 'i-1', path, test.cloud.settle());
}

describe('the metadata of an instance', () => {
  it('tells where the instance is', () => {
    const test = testCloud();
    const primary = test.cloud.enis().find(({ attachment }) => attachment?.instanceId === 'i-1');
    const paths = [
      'instance-id',
      'instance/instance-type',
      'region-id',
      'zone-id',
      'vswitch-id',
      'vpc-cidr-block',
      'mac',
    ];
    expect(paths.map((path) => read(test, `/${path}`))).toEqual([
      'i-1',
      'ecs.g7.xlarge',
      'cn-test',
      'zone-a',
      'vsw-a',
      '10.0.0.0/16',
      primary?.mac,
    ]);
  });

  it('lists the plugged ENIs by MAC, and what each of them is', () => {
    const test = testCloud();
    const eni = test.eni(test.attached('i-1', { VSwitchId: 'vsw-small', SecondaryPrivateIpAddressCount: 2 }));
    const root = '/network/interfaces/macs/';
    expect(read(test, root)?.split('\n')).toContain(`${eni?.mac}/`);
    const values = ['network-interface-id', 'primary-ip-address', 'private-ipv4s', 'gateway', 'netmask'];
    expect(values.map((name) => read(test, `${root}${eni?.mac}/${name}`))).toEqual([
      eni?.id,
      eni?.primaryIp,
      JSON.stringify(eni?.ips),
      '10.0.1.13',
      '255.255.255.240',
    ]);
    expect(read(test, `${root}${eni?.mac}/ipv6s`)).toBeUndefined();
  });

  it('follows an attachment late', () => {
    const test = testCloud();
    const { knobs } = test.cloud.world;
    test.cloud.world.knobs = { ...knobs, lag: { ...knobs.lag, metadata: { kind: 'constant', ms: 5000 } } };
    test.attached('i-1');
    const macs = () => read(test, '/network/interfaces/macs/')?.split('\n').length;
    expect(macs()).toBe(1);
    test.cloud.clock.advance(5000);
    expect(macs()).toBe(2);
  });

  it('knows nothing of an instance that does not exist', () => {
    expect(metadataAt(testCloud().cloud.world, 'i-none', '/instance-id', startMs)).toBeUndefined();
  });
});
