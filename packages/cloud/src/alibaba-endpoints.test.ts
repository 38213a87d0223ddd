import Ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import Vpc from '@alicloud/vpc20160428';
import { endpointsOf } from './alibaba-endpoints.js';

describe('endpointsOf', () => {
  const sdkHosts = (regionId: string, network: string): { ecs: string; vpc: string } => {
    const config = (): $OpenApiUtil.Config =>
      new $OpenApiUtil.Config({ regionId, network, accessKeyId: 'id', accessKeySecret: 'secret' });
    return { ecs: new Ecs(config())._endpoint, vpc: new Vpc(config())._endpoint };
  };

  it.each(['cn-hangzhou', 'cn-beijing', 'cn-shanghai', 'ap-southeast-1', 'eu-central-1'])(
    'agrees with the SDKs on the public hosts of %s',
    (regionId) => {
      expect(endpointsOf({ regionId, network: 'public' })).toEqual({
        protocol: 'HTTPS',
        ...sdkHosts(regionId, 'public'),
      });
    },
  );

  it.each(['cn-beijing', 'ap-southeast-1'])('agrees with the SDKs on the hosts of %s inside the cloud', (regionId) => {
    expect(endpointsOf({ regionId })).toEqual({ protocol: 'HTTPS', ...sdkHosts(regionId, 'vpc') });
  });

  it('stays inside the cloud in cn-hangzhou too, where the SDKs do not', () => {
    expect(endpointsOf({ regionId: 'cn-hangzhou' }).ecs).toBe('ecs-vpc.cn-hangzhou.aliyuncs.com');
    expect(sdkHosts('cn-hangzhou', 'vpc').ecs).toBe('ecs-cn-hangzhou.aliyuncs.com');
  });

  it('takes one origin for both products', () => {
    expect(endpointsOf({ regionId: 'cn-hangzhou', cloudEndpoint: 'http://127.0.0.1:19080', ecs: 'ignored' })).toEqual({
      protocol: 'HTTP',
      ecs: '127.0.0.1:19080',
      vpc: '127.0.0.1:19080',
    });
  });

  it('takes a host for one product', () => {
    expect(endpointsOf({ regionId: 'cn-edge-1', ecs: 'ecs.example.com' })).toEqual({
      protocol: 'HTTPS',
      ecs: 'ecs.example.com',
      vpc: 'vpc-vpc.cn-edge-1.aliyuncs.com',
    });
  });

  it.each(['127.0.0.1:19080', 'ftp://127.0.0.1', 'http://127.0.0.1/path', 'http://u:p@127.0.0.1'])(
    'refuses %s as an origin',
    (cloudEndpoint) => {
      expect(() => endpointsOf({ regionId: 'cn-hangzhou', cloudEndpoint })).toThrow(
        /cloud endpoint: expected http\(s\):\/\/HOST\[:PORT\], got /,
      );
    },
  );

  it.each(['', 'cn hangzhou', 'evil.example/'])('refuses %p as a region', (regionId) => {
    expect(() => endpointsOf({ regionId })).toThrow('region: expected an id such as cn-hangzhou, got');
  });
});
