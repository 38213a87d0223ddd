import Ecs, * as ecs from '@alicloud/ecs20140526';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import Vpc, * as vpc from '@alicloud/vpc20160428';
import { AlibabaCloud } from './alibaba-cloud.js';
import { endpointsOf } from './alibaba-endpoints.js';
import { staticCredentials } from './credentials.js';
import { answerJson, type RecordedRequest, type RecordingServer, startRecordingServer } from './recording-server.js';

/** The official clients are the oracle: for the same call they must send what we send. */
describe.each([
  ['an access key', { accessKeyId: 'AKIDEXAMPLE', accessKeySecret: 'secretexample' }],
  ['temporary credentials', { accessKeyId: 'STS.EXAMPLE', accessKeySecret: 'secret', securityToken: 'token/+=' }],
])('requests with %s', (_, credentials) => {
  const regionId = 'cn-hangzhou';
  const signal = new AbortController().signal;
  let server: RecordingServer;
  let ours: AlibabaCloud;
  let officialEcs: Ecs;
  let officialVpc: Vpc;

  beforeAll(async () => {
    server = await startRecordingServer((_request, response) =>
      answerJson(response, 200, { RequestId: 'R-1', TotalCount: 0 }),
    );
    ours = new AlibabaCloud({
      regionId,
      endpoints: endpointsOf({ regionId, cloudEndpoint: `http://${server.host}` }),
      credentials: staticCredentials(credentials),
      userAgent: 'terway',
      nowMs: () => 0,
    });
    const config = (): $OpenApiUtil.Config =>
      new $OpenApiUtil.Config({
        endpoint: server.host,
        protocol: 'HTTP',
        regionId,
        userAgent: 'terway',
        ...credentials,
      });
    officialEcs = new Ecs(config());
    officialVpc = new Vpc(config());
  });
  afterAll(() => server.close());

  const tags = { creator: 'terway', "k (1)*!'": 'a/b~é' };
  const tag = Object.entries(tags).map(([key, value]) => ({ key, value }));
  const onInstance = { eniId: 'eni-1', instanceId: 'i-1' };
  const officialOnInstance = { regionId, networkInterfaceId: 'eni-1', instanceId: 'i-1' };

  const calls: Record<string, readonly [ours: () => Promise<unknown>, official: () => Promise<unknown>]> = {
    CreateNetworkInterface: [
      () =>
        ours.createEni(
          {
            vSwitchId: 'vsw-1',
            securityGroupIds: ['sg-1', 'sg-2'],
            secondaryAddresses: 9,
            tags,
            name: 'eni-cali (1)',
            description: 'interface of a node',
            resourceGroupId: 'rg-1',
            clientToken: 'tok-1',
          },
          signal,
        ),
      () =>
        officialEcs.createNetworkInterface(
          new ecs.CreateNetworkInterfaceRequest({
            regionId,
            vSwitchId: 'vsw-1',
            securityGroupIds: ['sg-1', 'sg-2'],
            secondaryPrivateIpAddressCount: 9,
            tag,
            networkInterfaceName: 'eni-cali (1)',
            description: 'interface of a node',
            resourceGroupId: 'rg-1',
            clientToken: 'tok-1',
          }),
        ),
    ],
    AttachNetworkInterface: [
      () => ours.attachEni(onInstance, signal),
      () => officialEcs.attachNetworkInterface(new ecs.AttachNetworkInterfaceRequest(officialOnInstance)),
    ],
    DetachNetworkInterface: [
      () => ours.detachEni(onInstance, signal),
      () => officialEcs.detachNetworkInterface(new ecs.DetachNetworkInterfaceRequest(officialOnInstance)),
    ],
    DeleteNetworkInterface: [
      () => ours.deleteEni({ eniId: 'eni-1' }, signal),
      () =>
        officialEcs.deleteNetworkInterface(
          new ecs.DeleteNetworkInterfaceRequest({ regionId, networkInterfaceId: 'eni-1' }),
        ),
    ],
    AssignPrivateIpAddresses: [
      () => ours.assignAddresses({ eniId: 'eni-1', count: 10, clientToken: 'tok-2' }, signal),
      () =>
        officialEcs.assignPrivateIpAddresses(
          new ecs.AssignPrivateIpAddressesRequest({
            regionId,
            networkInterfaceId: 'eni-1',
            secondaryPrivateIpAddressCount: 10,
            clientToken: 'tok-2',
          }),
        ),
    ],
    UnassignPrivateIpAddresses: [
      () => ours.unassignAddresses({ eniId: 'eni-1', ips: ['10.0.0.7', '10.0.0.8'] }, signal),
      () =>
        officialEcs.unassignPrivateIpAddresses(
          new ecs.UnassignPrivateIpAddressesRequest({
            regionId,
            networkInterfaceId: 'eni-1',
            privateIpAddress: ['10.0.0.7', '10.0.0.8'],
          }),
        ),
    ],
    DescribeNetworkInterfaces: [
      () => ours.listEnis({ eniIds: ['eni-1', 'eni-2'], instanceId: 'i-1', tags, status: 'InUse' }, signal),
      () =>
        officialEcs.describeNetworkInterfaces(
          new ecs.DescribeNetworkInterfacesRequest({
            regionId,
            networkInterfaceId: ['eni-1', 'eni-2'],
            instanceId: 'i-1',
            tag,
            status: 'InUse',
            maxResults: 500,
          }),
        ),
    ],
    DescribeInstances: [
      () => ours.listInstances(['i-1', 'i-2'], signal),
      () =>
        officialEcs.describeInstances(
          new ecs.DescribeInstancesRequest({ regionId, instanceIds: '["i-1","i-2"]', maxResults: 100 }),
        ),
    ],
    DescribeInstanceTypes: [
      () => ours.listInstanceTypes(['ecs.g7.large', 'ecs.c7.xlarge'], signal),
      () =>
        officialEcs.describeInstanceTypes(
          new ecs.DescribeInstanceTypesRequest({ instanceTypes: ['ecs.g7.large', 'ecs.c7.xlarge'], maxResults: 100 }),
        ),
    ],
    DescribeVSwitches: [
      () => ours.listVSwitches('vpc-1', signal),
      () =>
        officialVpc.describeVSwitches(
          new vpc.DescribeVSwitchesRequest({ regionId, vpcId: 'vpc-1', pageNumber: 1, pageSize: 50 }),
        ),
    ],
  };

  it.each(Object.keys(calls))('%s is what the official client sends', async (action) => {
    const [callOurs, callOfficial] = calls[action] ?? [];
    const before = server.requests.length;
    await callOurs?.();
    await callOfficial?.();
    const [sent, expected] = server.requests.slice(before).map(comparable);
    expect(sent).toEqual(expected);
    expect(sent?.headers).toMatchObject({ 'x-acs-action': action });
    expect(server.requests).toHaveLength(before + 2);
  });
});

/**
 * A request without what differs from call to call: date, nonce, and the signature over them. Parameters are compared
 * as sent but for their order, which the signature does not depend on.
 */
function comparable({ method, url, headers, body }: RecordedRequest): RecordedRequest {
  const { 'x-acs-date': date, 'x-acs-signature-nonce': nonce, authorization, ...rest } = headers;
  expect(date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(nonce).toHaveLength(64);
  const unsigned = authorization?.replace(/Signature=[0-9a-f]{64}$/, 'Signature=') ?? '';
  expect(unsigned).toMatch(/Signature=$/);
  const sorted = url.slice('/?'.length).split('&').sort().join('&');
  return { method, url: sorted, headers: { ...rest, authorization: unsigned }, body };
}
