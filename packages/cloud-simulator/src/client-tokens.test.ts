import { type ClientTokens, earlierAnswer, remember } from './client-tokens.js';
import { startMs, testCloud } from './test-cloud.js';

const create = { VSwitchId: 'vsw-a', SecurityGroupId: 'sg-1', ClientToken: 'token-1' };
const name = 'CreateNetworkInterface';

describe('client tokens', () => {
  it('give the first answer again, and make nothing', () => {
    const test = testCloud();
    const first = test.call(name, create);
    const count = test.cloud.enis().length;
    expect(test.call(name, create)).toEqual(first);
    expect(test.cloud.enis()).toHaveLength(count);
  });

  it('give the ENI as it was created, whatever became of it', () => {
    const test = testCloud();
    const first = test.call(name, create);
    test.call('DeleteNetworkInterface', { NetworkInterfaceId: String(first['NetworkInterfaceId']) });
    test.cloud.clock.advance(1000);
    expect(test.call(name, create)).toEqual(first);
  });

  it('make another ENI when they are others', () => {
    const test = testCloud();
    expect(test.call(name, { ...create, ClientToken: 'token-2' })).not.toEqual(test.call(name, create));
  });

  it('refuse other parameters', () => {
    const test = testCloud();
    test.call(name, create);
    expect(test.refusal(name, { ...create, Description: 'other' })).toBe('IdempotentParameterMismatch');
  });

  it('are kept apart by action', () => {
    const test = testCloud();
    const eniId = test.create({ ClientToken: 'token-1' });
    const assign = { NetworkInterfaceId: eniId, SecondaryPrivateIpAddressCount: 2, ClientToken: 'token-1' };
    expect(test.call('AssignPrivateIpAddresses', assign)).toEqual(test.call('AssignPrivateIpAddresses', assign));
    expect(test.eni(eniId)?.ips).toHaveLength(3);
  });

  it('run a refused call anew', () => {
    const test = testCloud();
    const small = { ...create, VSwitchId: 'vsw-small', SecondaryPrivateIpAddressCount: 11 };
    const holder = test.create({ VSwitchId: 'vsw-small' });
    expect(test.refusal(name, small)).toBe('InvalidVSwitchId.IpNotEnough');
    test.call('DeleteNetworkInterface', { NetworkInterfaceId: holder });
    test.cloud.clock.advance(1000);
    expect(test.refusal(name, small)).toBe('');
  });

  it('are forgotten after a day', () => {
    const test = testCloud();
    const first = test.call(name, create);
    test.cloud.clock.advance(24 * 3600_000 - 1);
    expect(test.call(name, create)).toEqual(first);
    test.cloud.clock.advance(1);
    expect(test.call(name, create)).not.toEqual(first);
  });
});

describe('a client token whose first call is still being processed', () => {
  it('is refused until that call is answered', () => {
    const test = testCloud();
    const tokens: ClientTokens = new Map();
    const call = { action: name, token: 'token-1', params: new Map([['VSwitchId', 'vsw-a']]) };
    const answer = test.call(name, create);
    remember(tokens, call, { answer, settledAtMs: startMs + 500, retentionMs: 1000 });
    expect(() => earlierAnswer(tokens, call, startMs + 499)).toThrow(
      expect.objectContaining({ code: 'IdempotentProcessing', status: 403 }),
    );
    expect(earlierAnswer(tokens, call, startMs + 500)).toBe(answer);
    expect(earlierAnswer(tokens, call, startMs + 1500)).toBeUndefined();
  });
});
