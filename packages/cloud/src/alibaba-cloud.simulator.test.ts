import { exampleAccessKey, startSimulator } from '@terway/cloud-simulator';
import { AlibabaCloud } from './alibaba-cloud.js';
import { endpointsOf } from './alibaba-endpoints.js';
import { describeCloudApi } from './cloud-api.contract.js';
import { staticCredentials } from './credentials.js';

const regionId = 'cn-hangzhou';
const place = { vpcId: 'vpc-1', zoneId: 'cn-hangzhou-b' };

// the clock stands still, so that nothing ends before it is told to
describeCloudApi('the vendor API, signatures checked', async () => {
  const simulator = await startSimulator({
    regionId,
    clock: { speed: 0 },
    world: {
      vpcs: [{ id: place.vpcId, cidr: '10.0.0.0/16' }],
      vSwitches: [
        { ...place, id: 'vsw-1', cidr: '10.0.0.0/24' },
        { ...place, id: 'vsw-small', cidr: '10.0.1.0/29' },
      ],
      securityGroups: [{ id: 'sg-1', vpcId: place.vpcId, type: 'normal' }],
      instances: [{ id: 'i-1', type: 'ecs.g7.xlarge', vSwitchId: 'vsw-1', securityGroupIds: ['sg-1'] }],
    },
  });
  const { id: accessKeyId, secret: accessKeySecret } = exampleAccessKey;
  return {
    cloud: new AlibabaCloud({
      regionId,
      nowMs: Date.now,
      endpoints: endpointsOf({ regionId, cloudEndpoint: `http://127.0.0.1:${simulator.openApiPort}` }),
      credentials: staticCredentials({ accessKeyId, accessKeySecret }),
    }),
    ...place,
    vSwitchId: 'vsw-1',
    smallVSwitchId: 'vsw-small',
    securityGroupId: 'sg-1',
    instanceId: 'i-1',
    instanceType: 'ecs.g7.xlarge',
    settle: async () => simulator.cloud.clock.advance(60_000),
    stop: () => simulator.stop(),
  };
});
