import type { CloudApi, CloudEni, CreateEni } from './cloud-api.js';
import type { Outcome } from './outcome.js';

/** A cloud to try, empty but for what is named here. */
export interface CloudFixture {
  readonly cloud: CloudApi;
  readonly vpcId: string;
  readonly zoneId: string;
  /** Has room for 200 addresses and more. */
  readonly vSwitchId: string;
  /** A /29 in the same zone: four addresses. */
  readonly smallVSwitchId: string;
  readonly securityGroupId: string;
  /** Running, of a type with 4 ENIs of 15 addresses, with its primary ENI in `vSwitchId`. */
  readonly instanceId: string;
  readonly instanceType: string;
  /** Lets everything end that the cloud has begun. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** What every cloud port does, whatever is behind it. Call it inside a test file. */
export function describeCloudApi(name: string, start: () => Promise<CloudFixture>): void {
  describe(`the cloud port over ${name}`, () => {
    const never = new AbortController().signal;
    let fixture: CloudFixture;
    let cloud: CloudApi;
    let tokens = 0;
    beforeEach(async () => {
      fixture = await start();
      ({ cloud } = fixture);
    });
    afterEach(() => fixture.stop());

    const token = (): string => `token-${(tokens += 1)}`;
    const creation = (changes: Partial<CreateEni> = {}): CreateEni => ({
      vSwitchId: fixture.vSwitchId,
      securityGroupIds: [fixture.securityGroupId],
      secondaryAddresses: 2,
      tags: { creator: 'terway' },
      name: 'eni-name',
      description: 'interface of a node',
      clientToken: token(),
      ...changes,
    });
    const create = async (changes?: Partial<CreateEni>): Promise<CloudEni> =>
      done(await cloud.createEni(creation(changes), never));
    const eniOf = async (eniId: string): Promise<CloudEni | undefined> =>
      done(await cloud.listEnis({ eniIds: [eniId] }, never))[0];
    const attach = async (eni: CloudEni): Promise<void> => {
      done(await cloud.attachEni({ eniId: eni.eniId, instanceId: fixture.instanceId }, never));
      await fixture.settle();
    };
    const freeIn = async (vSwitchId: string): Promise<number | undefined> =>
      done(await cloud.listVSwitches(fixture.vpcId, never)).find((row) => row.vSwitchId === vSwitchId)?.freeAddresses;

    describe('creating an ENI', () => {
      it('gives one that is available, with its addresses, and that a listing shows alike', async () => {
        const eni = await create();
        expect(eni).toMatchObject({
          type: 'Secondary',
          status: 'Available',
          vSwitchId: fixture.vSwitchId,
          vpcId: fixture.vpcId,
          zoneId: fixture.zoneId,
          securityGroupIds: [fixture.securityGroupId],
        });
        expect(eni.instanceId).toBeUndefined();
        expect(eni.mac).toMatch(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
        expect(new Set(eni.ips).size).toBe(3);
        expect(eni.ips).toContain(eni.primaryIp);
        const { createdAtMs: _, ...facts } = eni;
        expect(await eniOf(eni.eniId)).toMatchObject({ ...facts, tags: { creator: 'terway' } });
      });

      it('takes addresses from the vSwitch', async () => {
        const before = await freeIn(fixture.vSwitchId);
        await create({ secondaryAddresses: 9 });
        expect(await freeIn(fixture.vSwitchId)).toBe((before ?? 0) - 10);
      });

      it('gives the same ENI for the same token, and another one for another token', async () => {
        const call = creation();
        const first = done(await cloud.createEni(call, never));
        expect(done(await cloud.createEni(call, never)).eniId).toBe(first.eniId);
        expect((await create()).eniId).not.toBe(first.eniId);
        expect(done(await cloud.listEnis({ tags: { creator: 'terway' } }, never))).toHaveLength(2);
      });

      it('refuses a token that came with other parameters', async () => {
        const call = creation();
        await cloud.createEni(call, never);
        expect(await cloud.createEni({ ...call, secondaryAddresses: 3 }, never)).toMatchObject({
          kind: 'refused',
          reason: 'idempotence-broken',
        });
      });

      it('refuses, and creates nothing, when the vSwitch has too few addresses', async () => {
        const call = creation({ vSwitchId: fixture.smallVSwitchId, secondaryAddresses: 4 });
        expect(await cloud.createEni(call, never)).toMatchObject({
          kind: 'refused',
          reason: 'vswitch-exhausted',
          code: 'InvalidVSwitchId.IpNotEnough',
          status: 403,
          message: expect.stringContaining(fixture.smallVSwitchId),
          requestId: expect.stringMatching(/./),
        });
        expect(done(await cloud.listEnis({ tags: { creator: 'terway' } }, never))).toEqual([]);
        expect(await freeIn(fixture.smallVSwitchId)).toBe(4);
      });

      it.each<[string, Partial<CreateEni>]>([
        ['vSwitch', { vSwitchId: 'vsw-nowhere' }],
        ['security group', { securityGroupIds: ['sg-nowhere'] }],
      ])('refuses an unknown %s', async (_, changes) => {
        expect(await cloud.createEni(creation(changes), never)).toMatchObject({ kind: 'refused', reason: 'not-found' });
      });
    });

    describe('attaching and detaching', () => {
      it('goes by way of Attaching to InUse, and by way of Detaching back', async () => {
        const eni = await create();
        const onInstance = { eniId: eni.eniId, instanceId: fixture.instanceId };
        done(await cloud.attachEni(onInstance, never));
        expect(await eniOf(eni.eniId)).toMatchObject({ status: 'Attaching' });
        await fixture.settle();
        expect(await eniOf(eni.eniId)).toMatchObject({ status: 'InUse', instanceId: fixture.instanceId });

        done(await cloud.detachEni(onInstance, never));
        expect(await eniOf(eni.eniId)).toMatchObject({ status: 'Detaching' });
        await fixture.settle();
        const detached = await eniOf(eni.eniId);
        expect(detached).toMatchObject({ status: 'Available', ips: eni.ips, mac: eni.mac });
        expect(detached?.instanceId).toBeUndefined();
      });

      it('refuses what the state of the ENI does not allow', async () => {
        const eni = await create();
        const onInstance = { eniId: eni.eniId, instanceId: fixture.instanceId };
        const wrongState = { kind: 'refused', reason: 'wrong-state' };
        expect(await cloud.detachEni(onInstance, never)).toMatchObject(wrongState);
        await attach(eni);
        expect(await cloud.attachEni(onInstance, never)).toMatchObject(wrongState);
        expect(await cloud.deleteEni({ eniId: eni.eniId }, never)).toMatchObject(wrongState);
      });

      it('refuses one ENI more than the instance may have', async () => {
        for (const _ of ['first', 'second', 'third']) await attach(await create({ secondaryAddresses: 0 }));
        const surplus = await create({ secondaryAddresses: 0 });
        const onInstance = { eniId: surplus.eniId, instanceId: fixture.instanceId };
        expect(await cloud.attachEni(onInstance, never)).toMatchObject({
          kind: 'refused',
          reason: 'eni-limit-reached',
        });
      });

      it('refuses an ENI with more addresses than the instance lets it have', async () => {
        const eni = await create({ secondaryAddresses: 15 });
        const onInstance = { eniId: eni.eniId, instanceId: fixture.instanceId };
        expect(await cloud.attachEni(onInstance, never)).toMatchObject({
          kind: 'refused',
          reason: 'address-limit-reached',
        });
      });

      it('does not let go of the primary ENI', async () => {
        const [primary] = done(await cloud.listEnis({ instanceId: fixture.instanceId }, never));
        expect(primary).toMatchObject({ type: 'Primary', status: 'InUse' });
        const onInstance = { eniId: primary?.eniId ?? '', instanceId: fixture.instanceId };
        expect(await cloud.detachEni(onInstance, never)).toMatchObject({ kind: 'refused' });
      });

      it('does not know ENIs and instances that are not there', async () => {
        const eni = await create();
        const notFound = { kind: 'refused', reason: 'not-found' };
        const elsewhere = { eniId: eni.eniId, instanceId: 'i-nowhere' };
        expect(await cloud.attachEni(elsewhere, never)).toMatchObject(notFound);
        const nothing = { eniId: 'eni-nowhere', instanceId: fixture.instanceId };
        expect(await cloud.attachEni(nothing, never)).toMatchObject(notFound);
        expect(await cloud.detachEni(nothing, never)).toMatchObject(notFound);
      });
    });

    describe('deleting an ENI', () => {
      it('takes it and its addresses away, and then does not know it', async () => {
        const before = await freeIn(fixture.vSwitchId);
        const eni = await create();
        done(await cloud.deleteEni({ eniId: eni.eniId }, never));
        await fixture.settle();
        expect(await eniOf(eni.eniId)).toBeUndefined();
        expect(await freeIn(fixture.vSwitchId)).toBe(before);
        expect(await cloud.deleteEni({ eniId: eni.eniId }, never)).toMatchObject({
          kind: 'refused',
          reason: 'not-found',
        });
      });
    });

    describe('addresses of an ENI', () => {
      it('come with the answer, once for each token', async () => {
        const eni = await create();
        await attach(eni);
        const call = { eniId: eni.eniId, count: 10, clientToken: token() };
        const added = done(await cloud.assignAddresses(call, never));
        expect(new Set([...eni.ips, ...added]).size).toBe(13);
        expect(done(await cloud.assignAddresses(call, never))).toEqual(added);
        const ips = (await eniOf(eni.eniId))?.ips ?? [];
        expect([...ips].sort()).toEqual([...eni.ips, ...added].sort());
      });

      it('are refused as a whole beyond the limit of the instance type', async () => {
        const eni = await create({ secondaryAddresses: 9 });
        await attach(eni);
        const call = { eniId: eni.eniId, count: 6, clientToken: token() };
        expect(await cloud.assignAddresses(call, never)).toMatchObject({
          kind: 'refused',
          reason: 'address-limit-reached',
        });
        expect((await eniOf(eni.eniId))?.ips).toHaveLength(10);
      });

      it('are refused as a whole beyond the free addresses of the vSwitch', async () => {
        const eni = await create({ vSwitchId: fixture.smallVSwitchId, secondaryAddresses: 1 });
        const call = { eniId: eni.eniId, count: 3, clientToken: token() };
        expect(await cloud.assignAddresses(call, never)).toMatchObject({
          kind: 'refused',
          reason: 'vswitch-exhausted',
        });
        expect(await freeIn(fixture.smallVSwitchId)).toBe(2);
      });

      it('are taken away all or none, never the primary one', async () => {
        const eni = await create();
        const [first = '', second = ''] = eni.ips.filter((ip) => ip !== eni.primaryIp);
        const alreadySo = { kind: 'refused', reason: 'already-so' };
        const unassign = (...ips: string[]): Promise<Outcome<void>> =>
          cloud.unassignAddresses({ eniId: eni.eniId, ips }, never);

        expect(await unassign(eni.primaryIp)).toMatchObject({ kind: 'refused' });
        done(await unassign(first));
        expect(await unassign(first)).toMatchObject(alreadySo);
        expect(await unassign(first, second)).toMatchObject(alreadySo);
        expect((await eniOf(eni.eniId))?.ips).toEqual(expect.arrayContaining([eni.primaryIp, second]));
        expect((await eniOf(eni.eniId))?.ips).toHaveLength(2);
      });
    });

    describe('listings', () => {
      it('join their filters, and leave unknown ids out', async () => {
        const here = await create({ tags: { creator: 'terway', cluster: 'a' } });
        const there = await create({ tags: { creator: 'terway', cluster: 'b' } });
        await attach(here);
        const ids = async (filter: Parameters<CloudApi['listEnis']>[0]): Promise<string[]> =>
          done(await cloud.listEnis(filter, never)).map((eni) => eni.eniId);

        expect(await ids({ tags: { cluster: 'b' } })).toEqual([there.eniId]);
        expect(await ids({ tags: { creator: 'terway' }, status: 'Available' })).toEqual([there.eniId]);
        expect(await ids({ eniIds: [here.eniId, there.eniId], instanceId: fixture.instanceId })).toEqual([here.eniId]);
        expect(await ids({ eniIds: ['eni-nowhere', there.eniId] })).toEqual([there.eniId]);
        expect(await ids({ instanceId: fixture.instanceId, tags: { cluster: 'b' } })).toEqual([]);
        expect(await ids({ eniIds: [] })).toEqual([]);
        expect(await ids({})).toHaveLength(3);
      });

      it('show instances and the limits of their types', async () => {
        const [instance, ...others] = done(await cloud.listInstances([fixture.instanceId, 'i-nowhere'], never));
        expect(others).toEqual([]);
        expect(instance).toMatchObject({
          instanceId: fixture.instanceId,
          instanceType: fixture.instanceType,
          status: 'Running',
          zoneId: fixture.zoneId,
          vpcId: fixture.vpcId,
          vSwitchId: fixture.vSwitchId,
          securityGroupIds: [fixture.securityGroupId],
        });
        const [primary] = done(await cloud.listEnis({ instanceId: fixture.instanceId }, never));
        expect(instance?.primaryIp).toBe(primary?.primaryIp);
        expect(done(await cloud.listInstanceTypes([fixture.instanceType, 'ecs.nothing'], never))).toEqual([
          { instanceType: fixture.instanceType, enis: 4, ipsPerEni: 15 },
        ]);
      });

      it('show the vSwitches of a VPC', async () => {
        const rows = done(await cloud.listVSwitches(fixture.vpcId, never));
        expect(rows.map((row) => row.vSwitchId).sort()).toEqual([fixture.vSwitchId, fixture.smallVSwitchId].sort());
        expect(rows.every((row) => row.vpcId === fixture.vpcId && row.zoneId === fixture.zoneId)).toBe(true);
        expect(await freeIn(fixture.smallVSwitchId)).toBe(4);
        expect(done(await cloud.listVSwitches('vpc-nowhere', never))).toEqual([]);
      });
    });

    it('does not know what became of a call whose caller has left', async () => {
      const left = AbortSignal.abort(new Error('the caller has left'));
      expect(await cloud.createEni(creation(), left)).toMatchObject({ kind: 'unknown' });
      expect(await cloud.listEnis({}, left)).toMatchObject({ kind: 'unknown' });
    });
  });
}

function done<T>(outcome: Outcome<T>): T {
  if (outcome.kind === 'done') return outcome.value;
  throw new Error(`expected the cloud to do it, got ${JSON.stringify(outcome)}`);
}
