import Ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import Vpc from '@alicloud/vpc20160428';
import { exampleAccessKey, type Simulator } from '../simulator.js';

export interface SdkClients {
  readonly ecs: Ecs;
  readonly vpc: Vpc;
}

/** The vendor's own clients, as they are installed, pointed at a simulator. */
export function sdkClients({ openApiPort }: Simulator, settings: Partial<$OpenApiUtil.Config> = {}): SdkClients {
  const config = new $OpenApiUtil.Config({
    accessKeyId: exampleAccessKey.id,
    accessKeySecret: exampleAccessKey.secret,
    protocol: 'HTTP',
    endpoint: `127.0.0.1:${openApiPort}`,
    regionId,
    readTimeout: 5000,
    connectTimeout: 5000,
    ...settings,
  });
  return { ecs: new Ecs(config), vpc: new Vpc(config) };
}

export const regionId = 'cn-hangzhou';

/** Two zones with a vSwitch each, a group, and an instance in the first zone. */
export const smallWorld = {
  vpcs: [{ id: 'vpc-1', cidr: '10.0.0.0/16' }],
  vSwitches: [
    { id: 'vsw-a', vpcId: 'vpc-1', zoneId: 'cn-hangzhou-a', cidr: '10.0.0.0/24' },
    { id: 'vsw-b', vpcId: 'vpc-1', zoneId: 'cn-hangzhou-b', cidr: '10.0.1.0/28' },
  ],
  securityGroups: [{ id: 'sg-1', vpcId: 'vpc-1' }],
  instances: [{ id: 'i-1', type: 'ecs.g7.large', vSwitchId: 'vsw-a', securityGroupIds: ['sg-1'] }],
};
