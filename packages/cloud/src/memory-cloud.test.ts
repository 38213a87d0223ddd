import type { CloudApi, CreateEni } from './cloud-api.js';
import { type CloudFixture, describeCloudApi } from './cloud-api.contract.js';
import { MemoryCloud } from './memory-cloud.js';

const never = new AbortController().signal;
const place = { vpcId: 'vpc-1', zoneId: 'cn-hangzhou-b' };
const instance = {
  ...place,
  instanceId: 'i-1',
  instanceType: 'ecs.g7.xlarge',
  vSwitchId: 'vsw-1',
  status: 'Running',
  primaryIp: '10.0.0.1',
  securityGroupIds: ['sg-1'],
};

function memoryFixture() {
  let nowMs = 1_000_000;
  const cloud = new MemoryCloud({
    nowMs: () => nowMs,
    vSwitches: [
      { ...place, vSwitchId: 'vsw-1', cidr: '10.0.0.0/24' },
      { ...place, vSwitchId: 'vsw-small', cidr: '10.0.1.0/29' },
    ],
    securityGroupIds: ['sg-1'],
    instances: [instance],
    instanceTypes: [{ instanceType: 'ecs.g7.xlarge', enis: 4, ipsPerEni: 15 }],
    eniQuota: 6,
  });
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { cloud, pass };
}

describeCloudApi('memory', () => {
  const { cloud, pass } = memoryFixture();
  const fixture: CloudFixture = {
    cloud,
    ...place,
    vSwitchId: 'vsw-1',
    smallVSwitchId: 'vsw-small',
    securityGroupId: 'sg-1',
    instanceId: 'i-1',
    instanceType: 'ecs.g7.xlarge',
    settle: () => Promise.resolve(pass(60_000)),
    stop: () => Promise.resolve(),
  };
  return Promise.resolve(fixture);
});

describe('MemoryCloud', () => {
  const creation: CreateEni = {
    vSwitchId: 'vsw-1',
    securityGroupIds: ['sg-1'],
    secondaryAddresses: 1,
    tags: {},
    name: 'eni-name',
    description: 'interface of a node',
    clientToken: 'token',
  };
  const eniIds = async (cloud: CloudApi): Promise<string[]> => {
    const listing = await cloud.listEnis({}, never);
    return listing.kind === 'done' ? listing.value.map((eni) => eni.eniId) : [];
  };

  it('loses a call: nothing has changed', async () => {
    const { cloud } = memoryFixture();
    cloud.failNext('createEni', { kind: 'lost-call' });
    expect(await cloud.createEni(creation, never)).toMatchObject({ kind: 'unknown' });
    expect(await eniIds(cloud)).toHaveLength(1);
  });

  it('loses an answer: the same token finds what was done', async () => {
    const { cloud } = memoryFixture();
    cloud.failNext('createEni', { kind: 'lost-answer' });
    expect(await cloud.createEni(creation, never)).toMatchObject({ kind: 'unknown' });
    expect(await eniIds(cloud)).toHaveLength(2);
    expect(await cloud.createEni(creation, never)).toMatchObject({ kind: 'done' });
    expect(await eniIds(cloud)).toHaveLength(2);
  });

  it('gives planned answers in order, each once', async () => {
    const { cloud } = memoryFixture();
    const throttled = { kind: 'throttled', code: 'Throttling', requestId: 'R' } as const;
    cloud.failNext('deleteEni', { kind: 'answer', outcome: throttled });
    expect(await cloud.createEni(creation, never)).toMatchObject({ kind: 'done' });
    expect(await cloud.deleteEni({ eniId: 'eni-000002' }, never)).toEqual(throttled);
    expect(await cloud.deleteEni({ eniId: 'eni-000002' }, never)).toMatchObject({ kind: 'done' });
  });

  it('gives an attachment up', async () => {
    const { cloud, pass } = memoryFixture();
    await cloud.createEni(creation, never);
    cloud.failNext('attachEni', { kind: 'falls-back' });
    const onInstance = { eniId: 'eni-000002', instanceId: 'i-1' };
    expect(await cloud.attachEni(onInstance, never)).toMatchObject({ kind: 'done' });
    pass(4_000);
    expect(await cloud.listEnis({ eniIds: ['eni-000002'] }, never)).toMatchObject({ value: [{ status: 'Available' }] });
    expect(await cloud.listEnis({ instanceId: 'i-1' }, never)).toMatchObject({ value: [{ type: 'Primary' }] });
  });

  it('takes its time to attach', async () => {
    const { cloud, pass } = memoryFixture();
    await cloud.createEni(creation, never);
    await cloud.attachEni({ eniId: 'eni-000002', instanceId: 'i-1' }, never);
    pass(3_999);
    expect(await cloud.listEnis({ eniIds: ['eni-000002'] }, never)).toMatchObject({ value: [{ status: 'Attaching' }] });
    pass(1);
    expect(await cloud.listEnis({ eniIds: ['eni-000002'] }, never)).toMatchObject({ value: [{ status: 'InUse' }] });
  });

  it('forgets a token after a day', async () => {
    const { cloud, pass } = memoryFixture();
    await cloud.createEni(creation, never);
    pass(24 * 60 * 60 * 1000);
    await cloud.createEni(creation, never);
    expect(await eniIds(cloud)).toHaveLength(3);
  });

  it('changes behind our back', async () => {
    const { cloud } = memoryFixture();
    cloud.setFreeAddresses('vsw-1', 1);
    expect(await cloud.createEni(creation, never)).toMatchObject({ reason: 'vswitch-exhausted' });
    cloud.setFreeAddresses('vsw-1', 2);
    expect(await cloud.createEni(creation, never)).toMatchObject({ kind: 'done' });
    cloud.removeAddress('eni-000002', '10.0.0.3');
    expect(await cloud.listEnis({ eniIds: ['eni-000002'] }, never)).toMatchObject({ value: [{ ips: ['10.0.0.2'] }] });
    cloud.removeEni('eni-000002');
    expect(await eniIds(cloud)).toEqual(['eni-000001']);
  });

  it('refuses more ENIs than the account may have', async () => {
    const { cloud } = memoryFixture();
    for (let i = 0; i < 5; i++) await cloud.createEni({ ...creation, clientToken: `token-${i}` }, never);
    expect(await cloud.createEni(creation, never)).toMatchObject({ reason: 'account-quota-reached' });
  });
});
