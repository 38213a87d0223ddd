import {
  AssignPrivateIpAddressesRequest,
  AttachNetworkInterfaceRequest,
  CreateNetworkInterfaceRequest,
  CreateNetworkInterfaceRequestTag,
  DeleteNetworkInterfaceRequest,
  DescribeInstancesRequest,
  DescribeInstanceTypesRequest,
  DescribeNetworkInterfacesRequest,
  DetachNetworkInterfaceRequest,
  UnassignPrivateIpAddressesRequest,
} from '@alicloud/ecs20140526';
import { DescribeVSwitchesRequest } from '@alicloud/vpc20160428';
import { type Simulator, startSimulator } from '../simulator.js';
import { regionId, type SdkClients, sdkClients, smallWorld } from './clients.js';

describe('each action, through the vendor’s SDK with signatures checked', () => {
  let simulator: Simulator;
  let clients: SdkClients;

  beforeEach(async () => {
    simulator = await startSimulator({ world: smallWorld, clock: { speed: 0 } });
    clients = sdkClients(simulator);
  });

  afterEach(() => simulator.stop());

  const create = (fields: Partial<CreateNetworkInterfaceRequest> = {}) =>
    clients.ecs.createNetworkInterface(
      new CreateNetworkInterfaceRequest({ regionId, vSwitchId: 'vsw-a', securityGroupIds: ['sg-1'], ...fields }),
    );

  const createdId = async (fields: Partial<CreateNetworkInterfaceRequest> = {}): Promise<string> =>
    (await create(fields)).body?.networkInterfaceId ?? '';

  const statusOf = async (networkInterfaceId: string): Promise<string | undefined> => {
    const request = new DescribeNetworkInterfacesRequest({ regionId, networkInterfaceId: [networkInterfaceId] });
    const { body } = await clients.ecs.describeNetworkInterfaces(request);
    return body?.networkInterfaceSets?.networkInterfaceSet?.[0]?.status;
  };

  it('creates an ENI with its addresses, groups and tags', async () => {
    const { statusCode, body } = await create({
      secondaryPrivateIpAddressCount: 9,
      networkInterfaceName: 'eni for node (1)*',
      description: "interface create by ipam ~!'é",
      tag: [new CreateNetworkInterfaceRequestTag({ key: 'creator', value: 'terway' })],
      clientToken: 'token-1',
    });
    expect(statusCode).toBe(200);
    expect(body).toMatchObject({
      status: 'Available',
      type: 'Secondary',
      vpcId: 'vpc-1',
      zoneId: 'cn-hangzhou-a',
      networkInterfaceName: 'eni for node (1)*',
      description: "interface create by ipam ~!'é",
      securityGroupIds: { securityGroupId: ['sg-1'] },
      tags: { tag: [{ tagKey: 'creator', tagValue: 'terway' }] },
    });
    expect(body?.networkInterfaceId).toMatch(/^eni-sm[a-z0-9]{17}$/);
    expect(body?.macAddress).toMatch(/^00:16:3e(:[0-9a-f]{2}){3}$/);
    expect(body?.requestId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
    const sets = body?.privateIpSets?.privateIpSet ?? [];
    expect(new Set(sets.map(({ privateIpAddress }) => privateIpAddress)).size).toBe(10);
    expect(sets.filter(({ primary }) => primary).map(({ privateIpAddress }) => privateIpAddress)).toEqual([
      body?.privateIpAddress,
    ]);
  });

  it('attaches, detaches and deletes in their own time', async () => {
    const eniId = await createdId();
    const { clock } = simulator.cloud;
    const place = { regionId, networkInterfaceId: eniId, instanceId: 'i-1' };

    await clients.ecs.attachNetworkInterface(new AttachNetworkInterfaceRequest(place));
    expect(await statusOf(eniId)).toBe('Attaching');
    clock.advance(1000);
    expect(await statusOf(eniId)).toBe('InUse');

    await clients.ecs.detachNetworkInterface(new DetachNetworkInterfaceRequest(place));
    expect(await statusOf(eniId)).toBe('Detaching');
    clock.advance(1000);
    expect(await statusOf(eniId)).toBe('Available');

    await clients.ecs.deleteNetworkInterface(
      new DeleteNetworkInterfaceRequest({ regionId, networkInterfaceId: eniId }),
    );
    expect(await statusOf(eniId)).toBe('Deleting');
    clock.advance(1000);
    expect(await statusOf(eniId)).toBeUndefined();
  });

  it('lists an attached ENI with its instance', async () => {
    const eniId = await createdId();
    await clients.ecs.attachNetworkInterface(
      new AttachNetworkInterfaceRequest({ regionId, networkInterfaceId: eniId, instanceId: 'i-1' }),
    );
    simulator.cloud.clock.advance(1000);
    const { body } = await clients.ecs.describeNetworkInterfaces(
      new DescribeNetworkInterfacesRequest({ regionId, instanceId: 'i-1', maxResults: 500, nextToken: '' }),
    );
    const listed = body?.networkInterfaceSets?.networkInterfaceSet ?? [];
    expect(listed.map(({ type, status, attachment }) => [type, status, attachment?.deviceIndex])).toEqual([
      ['Primary', 'InUse', 0],
      ['Secondary', 'InUse', 1],
    ]);
    expect(listed[1]).toMatchObject({
      networkInterfaceId: eniId,
      instanceId: 'i-1',
      attachment: { instanceId: 'i-1' },
    });
    expect(body?.nextToken).toBe('');
  });

  it('assigns and unassigns addresses', async () => {
    const eniId = await createdId();
    const { body } = await clients.ecs.assignPrivateIpAddresses(
      new AssignPrivateIpAddressesRequest({
        regionId,
        networkInterfaceId: eniId,
        secondaryPrivateIpAddressCount: 3,
        clientToken: 'token-2',
      }),
    );
    const assigned = body?.assignedPrivateIpAddressesSet?.privateIpSet?.privateIpAddress ?? [];
    expect(assigned).toHaveLength(3);
    expect(
      simulator.cloud
        .enis()
        .find(({ id }) => id === eniId)
        ?.ips.slice(1),
    ).toEqual(assigned);

    await clients.ecs.unassignPrivateIpAddresses(
      new UnassignPrivateIpAddressesRequest({
        regionId,
        networkInterfaceId: eniId,
        privateIpAddress: assigned.slice(0, 2),
      }),
    );
    expect(
      simulator.cloud
        .enis()
        .find(({ id }) => id === eniId)
        ?.ips.slice(1),
    ).toEqual(assigned.slice(2));
  });

  it('describes instances, and leaves out those that do not exist', async () => {
    const { body } = await clients.ecs.describeInstances(
      new DescribeInstancesRequest({ regionId, instanceIds: JSON.stringify(['i-1', 'i-none']), maxResults: 100 }),
    );
    const [primary] = simulator.cloud.enis();
    expect(body?.instances?.instance).toHaveLength(1);
    expect(body?.instances?.instance?.[0]).toMatchObject({
      instanceId: 'i-1',
      instanceType: 'ecs.g7.large',
      zoneId: 'cn-hangzhou-a',
      status: 'Running',
      vpcAttributes: { vpcId: 'vpc-1', privateIpAddress: { ipAddress: [primary?.primaryIp] } },
      networkInterfaces: { networkInterface: [{ networkInterfaceId: primary?.id, type: 'Primary' }] },
    });
  });

  it('describes instance types', async () => {
    const { body } = await clients.ecs.describeInstanceTypes(
      new DescribeInstanceTypesRequest({ instanceTypes: ['ecs.g7.4xlarge', 'ecs.none', 'ecs.g6.large'] }),
    );
    const rows = body?.instanceTypes?.instanceType ?? [];
    expect(rows.map((row) => [row.instanceTypeId, row.eniQuantity, row.eniPrivateIpAddressQuantity])).toEqual([
      ['ecs.g6.large', 2, 6],
      ['ecs.g7.4xlarge', 8, 30],
    ]);
  });

  it('describes vSwitches with what they have free', async () => {
    const { body } = await clients.vpc.describeVSwitches(
      new DescribeVSwitchesRequest({ regionId, vpcId: 'vpc-1', pageNumber: 1, pageSize: 50 }),
    );
    const rows = body?.vSwitches?.vSwitch ?? [];
    expect(rows.map((row) => [row.vSwitchId, row.zoneId, row.cidrBlock, row.availableIpAddressCount])).toEqual([
      ['vsw-a', 'cn-hangzhou-a', '10.0.0.0/24', 251],
      ['vsw-b', 'cn-hangzhou-b', '10.0.1.0/28', 12],
    ]);
    expect(body?.totalCount).toBe(2);
  });

  it('takes the older HMAC-SHA1 signature as well', async () => {
    const older = sdkClients(simulator, { signatureAlgorithm: 'v2' });
    const { body } = await older.ecs.createNetworkInterface(
      new CreateNetworkInterfaceRequest({
        regionId,
        vSwitchId: 'vsw-a',
        securityGroupId: 'sg-1',
        description: "a/b~!'(é)*",
      }),
    );
    expect(body?.description).toBe("a/b~!'(é)*");
  });

  it('refuses a wrong secret', async () => {
    const wrong = sdkClients(simulator, { accessKeySecret: 'another' });
    await expect(wrong.ecs.describeInstances(new DescribeInstancesRequest({ regionId }))).rejects.toMatchObject({
      code: 'SignatureDoesNotMatch',
      statusCode: 400,
    });
  });
});
