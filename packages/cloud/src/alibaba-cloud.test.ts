import { getEventListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { AlibabaCloud, type AlibabaCloudSettings } from './alibaba-cloud.js';
import { endpointsOf } from './alibaba-endpoints.js';
import { type CredentialSource, CredentialsError, staticCredentials } from './credentials.js';
import { answerJson, type RecordedRequest, type RecordingServer, startRecordingServer } from './recording-server.js';

const regionId = 'cn-hangzhou';
const never = new AbortController().signal;
const eniRow = {
  NetworkInterfaceId: 'eni-1',
  MacAddress: '00:16:3E:00:00:0A',
  Type: 'Secondary',
  Status: 'InUse',
  VSwitchId: 'vsw-1',
  VpcId: 'vpc-1',
  ZoneId: 'cn-hangzhou-b',
  InstanceId: 'i-1',
  PrivateIpAddress: '10.0.0.5',
  PrivateIpSets: {
    PrivateIpSet: [
      { PrivateIpAddress: '10.0.0.6', Primary: false },
      { PrivateIpAddress: '10.0.0.5', Primary: true },
    ],
  },
  SecurityGroupIds: { SecurityGroupId: ['sg-1'] },
  Tags: { Tag: [{ TagKey: 'creator', TagValue: 'terway' }] },
  CreationTime: '2026-01-31T08:09:10Z',
};
const eni = {
  eniId: 'eni-1',
  mac: '00:16:3e:00:00:0a',
  type: 'Secondary',
  status: 'InUse',
  vSwitchId: 'vsw-1',
  vpcId: 'vpc-1',
  zoneId: 'cn-hangzhou-b',
  instanceId: 'i-1',
  primaryIp: '10.0.0.5',
  ips: ['10.0.0.5', '10.0.0.6'],
  securityGroupIds: ['sg-1'],
  tags: { creator: 'terway' },
  createdAtMs: Date.UTC(2026, 0, 31, 8, 9, 10),
};
const creation = {
  vSwitchId: 'vsw-1',
  securityGroupIds: ['sg-1'],
  secondaryAddresses: 0,
  tags: {},
  name: 'eni-name',
  description: 'text',
  clientToken: 'secret-looking-token',
};

describe('AlibabaCloud', () => {
  let server: RecordingServer;
  let respond: (request: RecordedRequest, response: ServerResponse) => void;
  beforeAll(async () => {
    server = await startRecordingServer((request, response) => respond(request, response));
  });
  afterAll(() => server.close());

  const cloudWith = (settings: Partial<AlibabaCloudSettings> = {}): AlibabaCloud =>
    new AlibabaCloud({
      regionId,
      endpoints: endpointsOf({ regionId, cloudEndpoint: `http://${server.host}` }),
      credentials: staticCredentials({ accessKeyId: 'id', accessKeySecret: 'secret' }),
      nowMs: () => 77,
      ...settings,
    });
  const answers = (...bodies: readonly unknown[]): void => {
    const left = [...bodies];
    respond = (_, response) => answerJson(response, 200, left.length > 1 ? left.shift() : left[0]);
  };
  const queryOf = (request: RecordedRequest | undefined): URLSearchParams =>
    new URL(request?.url ?? '', 'http://host').searchParams;

  describe('reads', () => {
    it('an ENI of a listing', async () => {
      answers({ RequestId: 'R-1', NetworkInterfaceSets: { NetworkInterfaceSet: [eniRow] }, NextToken: '' });
      expect(await cloudWith().listEnis({}, never)).toEqual({ kind: 'done', value: [eni], requestId: 'R-1' });
    });

    it('an ENI that is coming: without MAC, addresses, tags, instance, time', async () => {
      const row = { NetworkInterfaceId: 'eni-1', Status: 'Creating', Type: 'Novel', VSwitchId: 'vsw-1', Tags: {} };
      answers({ RequestId: 'R-1', NetworkInterfaceSets: { NetworkInterfaceSet: [row] } });
      expect(await cloudWith().listEnis({}, never)).toMatchObject({
        value: [{ type: 'Member', status: 'Creating', mac: '', ips: [], tags: {}, createdAtMs: 77 }],
      });
    });

    it.each(['missing', 'empty'])('an empty listing whose wrapper is %s', async (wrapper) => {
      answers({ RequestId: 'R-1', ...(wrapper === 'empty' ? { NetworkInterfaceSets: {} } : {}) });
      expect(await cloudWith().listEnis({}, never)).toMatchObject({ kind: 'done', value: [] });
    });

    it('instances, instance types and vSwitches', async () => {
      const instance = {
        InstanceId: 'i-1',
        InstanceType: 'ecs.g7.large',
        ZoneId: 'z',
        Status: 'Running',
        VpcAttributes: { VpcId: 'vpc-1', VSwitchId: 'vsw-1', PrivateIpAddress: { IpAddress: ['10.0.0.2'] } },
        SecurityGroupIds: { SecurityGroupId: ['sg-1'] },
      };
      answers({ RequestId: 'R', Instances: { Instance: [instance] } });
      expect(await cloudWith().listInstances(['i-1'], never)).toMatchObject({
        value: [{ instanceId: 'i-1', vSwitchId: 'vsw-1', primaryIp: '10.0.0.2', securityGroupIds: ['sg-1'] }],
      });
      const type = { InstanceTypeId: 'ecs.g7.large', EniQuantity: 3, EniPrivateIpAddressQuantity: 6 };
      answers({ RequestId: 'R', InstanceTypes: { InstanceType: [type] } });
      expect(await cloudWith().listInstanceTypes(['ecs.g7.large'], never)).toMatchObject({
        value: [{ instanceType: 'ecs.g7.large', enis: 3, ipsPerEni: 6 }],
      });
      const row = { VSwitchId: 'v', VpcId: 'p', ZoneId: 'z', CidrBlock: '10.0.0.0/24', AvailableIpAddressCount: 9 };
      answers({ RequestId: 'R', TotalCount: 1, VSwitches: { VSwitch: [row] } });
      expect(await cloudWith().listVSwitches('p', never)).toMatchObject({
        value: [{ vSwitchId: 'v', vpcId: 'p', zoneId: 'z', cidr: '10.0.0.0/24', freeAddresses: 9 }],
      });
    });

    it('the ENI that a creation answers with, which has no creation time', async () => {
      const { CreationTime: _, InstanceId: __, ...created } = eniRow;
      answers({ RequestId: 'R-1', ...created, Status: 'Available' });
      const { instanceId: ___, ...expected } = eni;
      expect(await cloudWith().createEni(creation, never)).toEqual({
        kind: 'done',
        value: { ...expected, status: 'Available', createdAtMs: 77 },
        requestId: 'R-1',
      });
      expect(queryOf(server.requests.at(-1)).has('SecondaryPrivateIpAddressCount')).toBe(false);
    });
  });

  describe('walks', () => {
    const rows = (...ids: string[]): unknown => ({
      NetworkInterfaceSet: ids.map((id) => ({ ...eniRow, NetworkInterfaceId: id })),
    });

    it('all pages of a listing by token', async () => {
      answers(
        { RequestId: 'R-1', NetworkInterfaceSets: rows('eni-1', 'eni-2'), NextToken: 'more' },
        { RequestId: 'R-2', NetworkInterfaceSets: rows('eni-2', 'eni-3') },
      );
      const before = server.requests.length;
      const listing = await cloudWith().listEnis({ instanceId: 'i-1' }, never);
      expect(listing).toMatchObject({ value: [{ eniId: 'eni-1' }, { eniId: 'eni-2' }, { eniId: 'eni-3' }] });
      const queries = server.requests.slice(before).map(queryOf);
      expect(queries.map((query) => query.get('NextToken'))).toEqual([null, 'more']);
      expect(queries.map((query) => query.get('MaxResults'))).toEqual(['500', '500']);
    });

    it('all pages of a listing by number', async () => {
      const page = (id: string): unknown => ({
        RequestId: 'R',
        TotalCount: 51,
        VSwitches: {
          VSwitch: [{ VSwitchId: id, VpcId: 'p', ZoneId: 'z', CidrBlock: 'c', AvailableIpAddressCount: 1 }],
        },
      });
      answers(page('v-1'), page('v-2'));
      expect(await cloudWith().listVSwitches('p', never)).toMatchObject({
        value: [{ vSwitchId: 'v-1' }, { vSwitchId: 'v-2' }],
      });
      expect(queryOf(server.requests.at(-1)).get('PageNumber')).toBe('2');
    });

    it('ids beyond what one listing takes', async () => {
      answers(
        { RequestId: 'R-1', NetworkInterfaceSets: rows('eni-1') },
        { RequestId: 'R-2', NetworkInterfaceSets: {} },
      );
      const before = server.requests.length;
      const eniIds = Array.from({ length: 101 }, (_, i) => `eni-${i}`);
      expect(await cloudWith().listEnis({ eniIds }, never)).toMatchObject({
        kind: 'done',
        value: [{ eniId: 'eni-1' }],
      });
      expect(server.requests.slice(before).map((request) => queryOf(request).has('NetworkInterfaceId.2'))).toEqual([
        true,
        false,
      ]);
    });

    it('nothing at all for an empty list of ids, which would ask for everything', async () => {
      const before = server.requests.length;
      const cloud = cloudWith();
      expect(await cloud.listEnis({ eniIds: [] }, never)).toMatchObject({ kind: 'done', value: [] });
      expect(await cloud.listInstances([], never)).toMatchObject({ kind: 'done', value: [] });
      expect(await cloud.listInstanceTypes([], never)).toMatchObject({ kind: 'done', value: [] });
      expect(server.requests).toHaveLength(before);
    });

    it('no half listing when a later page fails', async () => {
      let page = 0;
      respond = (_, response) => {
        page += 1;
        if (page === 1) answerJson(response, 200, { RequestId: 'R', NetworkInterfaceSets: rows('e'), NextToken: 'n' });
        else answerJson(response, 400, { RequestId: 'R-2', Code: 'Throttling', Message: 'too many' });
      };
      expect(await cloudWith().listEnis({}, never)).toEqual({
        kind: 'throttled',
        code: 'Throttling',
        requestId: 'R-2',
      });
    });
  });

  describe('answers that are no success', () => {
    it('tells why the cloud refused, in its own words', async () => {
      const body = { RequestId: 'R-9', Code: 'InvalidVSwitchId.IpNotEnough', Message: 'The VSwitch "vsw-1" is full.' };
      respond = (_, response) => answerJson(response, 403, body);
      expect(await cloudWith().createEni(creation, never)).toEqual({
        kind: 'refused',
        reason: 'vswitch-exhausted',
        code: 'InvalidVSwitchId.IpNotEnough',
        message: 'The VSwitch "vsw-1" is full.',
        status: 403,
        requestId: 'R-9',
      });
    });

    it('passes on the pause that the cloud asks for', async () => {
      const body = { RequestId: 'R-9', Code: 'Throttling.User', Message: 'slow down' };
      respond = (_, response) => answerJson(response, 400, body, { 'x-acs-retry-after': '1500' });
      expect(await cloudWith().deleteEni({ eniId: 'eni-1' }, never)).toEqual({
        kind: 'throttled',
        code: 'Throttling.User',
        requestId: 'R-9',
        retryAfterMs: 1500,
      });
    });

    const html = { 'content-type': 'text/html' };
    it.each<[string, (response: ServerResponse) => void, string]>([
      [
        'a server error',
        (r) => answerJson(r, 500, { RequestId: 'R', Code: 'InternalError', Message: 'm' }),
        'status 500',
      ],
      ['HTML of a gateway', (r) => r.writeHead(502, html).end('<html>bad gateway</html>'), 'not JSON'],
      ['HTML with status 200', (r) => r.writeHead(200, html).end('<html>log in</html>'), 'not JSON'],
      ['an empty body', (r) => r.writeHead(200).end(), 'not JSON'],
      ['an error without a code', (r) => answerJson(r, 403, { message: 'proxy says no' }), 'code none: proxy says no'],
      ['JSON that is no object', (r) => answerJson(r, 503, null), 'CreateNetworkInterface: '],
      ['a redirect', (r) => answerJson(r, 302, {}, { location: 'http://login/' }), 'field RequestId: expected text'],
      ['a stranger’s JSON', (r) => answerJson(r, 200, { ok: true }), 'field RequestId: expected text'],
      [
        'an ENI without id',
        (r) => answerJson(r, 200, { RequestId: 'R', NetworkInterfaceId: '' }),
        'NetworkInterfaceId',
      ],
      [
        'another type',
        (r) => answerJson(r, 200, { RequestId: 'R', ...eniRow, Tags: 'none' }),
        'Tags: expected an object',
      ],
      ['a reset', (r) => r.socket?.resetAndDestroy(), 'ECONNRESET'],
      [
        'a body cut short',
        (r) => r.writeHead(200, { 'content-length': 99 }).write('{"Req', () => r.socket?.destroy()),
        '',
      ],
    ])('does not know what became of a call after %s', async (_, answer, cause) => {
      respond = (_request, response) => answer(response);
      const outcome = await cloudWith().createEni(creation, never);
      expect(outcome).toMatchObject({ kind: 'unknown', cause: expect.stringContaining(cause) });
      expect(JSON.stringify(outcome)).not.toMatch(/secret-looking-token|VSwitchId=|http:\/\//);
    });

    it('fails a listing for one row without an id', async () => {
      answers({ RequestId: 'R', NetworkInterfaceSets: { NetworkInterfaceSet: [eniRow, {}] } });
      expect(await cloudWith().listEnis({}, never)).toMatchObject({
        kind: 'unknown',
        cause: expect.stringContaining('NetworkInterfaceSets.NetworkInterfaceSet[1].NetworkInterfaceId'),
      });
    });

    it('sends each call once, whatever comes back', async () => {
      const before = server.requests.length;
      respond = (_, response) => answerJson(response, 503, { RequestId: 'R', Code: 'ServiceUnavailable' });
      await cloudWith().deleteEni({ eniId: 'eni-1' }, never);
      expect(server.requests).toHaveLength(before + 1);
    });
  });

  describe('calls that take too long', () => {
    const silent = (): Promise<void> =>
      new Promise((arrived) => {
        respond = () => arrived();
      });

    it('end at the signal of the caller', async () => {
      const arrived = silent();
      const caller = new AbortController();
      const outcome = cloudWith().createEni(creation, caller.signal);
      await arrived;
      caller.abort(new Error('the process stops'));
      expect(await outcome).toEqual({
        kind: 'unknown',
        cause: 'CreateNetworkInterface: Error the process stops',
      });
    });

    it('end at the deadline', async () => {
      void silent();
      expect(await cloudWith({ deadlineMs: 20 }).createEni(creation, never)).toMatchObject({
        kind: 'unknown',
        cause: expect.stringContaining('TimeoutError'),
      });
    });

    it('end when the server stays silent, and the text does not show the URL', async () => {
      void silent();
      const outcome = await cloudWith({ silenceMs: 20 }).createEni(creation, never);
      expect(outcome).toMatchObject({ kind: 'unknown', cause: expect.stringContaining('RequestTimeoutError') });
      expect(JSON.stringify(outcome)).not.toMatch(/secret-looking-token|VSwitchId/);
    });

    it('are not even sent when the signal has aborted', async () => {
      const before = server.requests.length;
      const outcome = await cloudWith().createEni(creation, AbortSignal.abort());
      expect(outcome.kind).toBe('unknown');
      expect(server.requests).toHaveLength(before);
    });
  });

  it('has no more requests on the wire than it may, even for callers who have left', async () => {
    const open: ServerResponse[] = [];
    respond = (_, response) => open.push(response);
    const before = server.requests.length;
    const cloud = cloudWith({ maxInFlight: 2 });
    const leaving = new AbortController();
    const calls = ['a', 'b', 'c'].map((eniId) => cloud.deleteEni({ eniId }, leaving.signal));
    while (open.length < 2) await new Promise((resolve) => setImmediate(resolve));
    leaving.abort();
    expect(await Promise.all(calls)).toMatchObject([{ kind: 'unknown' }, { kind: 'unknown' }, { kind: 'unknown' }]);

    const next = cloud.deleteEni({ eniId: 'd' }, never);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(server.requests).toHaveLength(before + 2);
    respond = (_, response) => answerJson(response, 200, { RequestId: 'R-d' });
    for (const response of open) answerJson(response, 200, { RequestId: 'R' });
    expect(await next).toEqual({ kind: 'done', value: undefined, requestId: 'R-d' });
  });

  it('leaves nothing on a signal that many calls share', async () => {
    answers({ RequestId: 'R' });
    const cloud = cloudWith({ maxInFlight: 2 });
    const { signal } = new AbortController();
    const calls = Array.from({ length: 30 }, () => cloud.deleteEni({ eniId: 'eni-1' }, signal));
    await Promise.all(calls);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('refuses a call that it cannot sign', async () => {
    const credentials: CredentialSource = {
      name: 'broken',
      current: () => Promise.reject(new CredentialsError('unreadable', 'credentials file /x cannot be read')),
    };
    expect(await cloudWith({ credentials }).deleteEni({ eniId: 'eni-1' }, never)).toEqual({
      kind: 'refused',
      reason: 'not-allowed',
      code: 'NoCredentials',
      message: 'credentials file /x cannot be read',
      status: 0,
      requestId: '',
    });
  });

  it('signs each call with the credentials of the moment', async () => {
    answers({ RequestId: 'R' });
    const keys = ['first', 'second'];
    const credentials: CredentialSource = {
      name: 'rotating',
      current: () => Promise.resolve({ accessKeyId: keys.shift() ?? '', accessKeySecret: 'secret' }),
    };
    const cloud = cloudWith({ credentials });
    await cloud.deleteEni({ eniId: 'eni-1' }, never);
    expect(server.requests.at(-1)?.headers.authorization).toContain('Credential=first,');
    await cloud.deleteEni({ eniId: 'eni-1' }, never);
    expect(server.requests.at(-1)?.headers.authorization).toContain('Credential=second,');
  });

  it.each([
    [{ silenceMs: 0 }, 'silence: expected milliseconds >= 1, got 0'],
    [{ deadlineMs: 0 }, 'deadline: expected milliseconds >= 1, got 0'],
    [{ maxInFlight: 0 }, 'slots: expected an integer >= 1, got 0'],
  ])('refuses %p', (settings, message) => {
    expect(() => cloudWith(settings)).toThrow(message);
  });
});
