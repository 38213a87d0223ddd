import type { NodeFence, Owner, Pod } from '@terway/api';
import { parseFence, parseOwner, parsePod, requireIp, requireText } from './parse.js';

const fence: NodeFence = {
  instanceId: 'i-1',
  incarnation: 'inc-1',
  session: 's-1',
  generation: 'g-1',
  lastAgentSeq: 7,
};
const owner: Owner = { network: 'terway', sandboxId: 'abc', interfaceName: 'eth0' };
const pod: Pod = { namespace: 'default', name: 'web-1', uid: 'u-1' };
const long = 'x'.repeat(1_025);

it('takes every field of a fence, an owner and a pod', () => {
  const { instanceId, ...rest } = fence;
  expect(parseFence(fence)).toEqual({ instanceId, fence: rest });
  expect(parseOwner(owner)).toEqual(owner);
  expect(parsePod(pod)).toEqual(pod);
});

it('takes a fence that knows no session and no generation yet', () => {
  expect(parseFence({ ...fence, session: '', generation: '', lastAgentSeq: 0 }).fence).toMatchObject({
    ...{ session: '', generation: '', lastAgentSeq: 0 },
  });
});

it('takes a pod of which nothing is known', () => {
  expect(parsePod(null)).toEqual({ namespace: '', name: '', uid: '' });
});

describe('a request with a mistake is refused by field, expected and got:', () => {
  it.each([
    ['fence', () => parseFence(null), 'fence: expected a NodeFence, got nothing'],
    [
      'fence.instance_id',
      () => parseFence({ ...fence, instanceId: '' }),
      'fence.instance_id: expected 1 to 1024 characters, got ""',
    ],
    [
      'fence.incarnation',
      () => parseFence({ ...fence, incarnation: '' }),
      'fence.incarnation: expected 1 to 1024 characters, got ""',
    ],
    [
      'fence.last_agent_seq',
      () => parseFence({ ...fence, lastAgentSeq: -1 }),
      'fence.last_agent_seq: expected a whole number from 0, got -1',
    ],
    [
      'fence.last_agent_seq',
      () => parseFence({ ...fence, lastAgentSeq: 2 ** 53 }),
      'fence.last_agent_seq: expected a whole number from 0, got 9007199254740992',
    ],
    ['owner', () => parseOwner(null), 'owner: expected an Owner, got nothing'],
    [
      'owner.network',
      () => parseOwner({ ...owner, network: '' }),
      'owner.network: expected 1 to 1024 characters, got ""',
    ],
    [
      'owner.sandbox_id',
      () => parseOwner({ ...owner, sandboxId: '' }),
      'owner.sandbox_id: expected 1 to 1024 characters, got ""',
    ],
    [
      'owner.interface_name',
      () => parseOwner({ ...owner, interfaceName: '' }),
      'owner.interface_name: expected 1 to 1024 characters, got ""',
    ],
    ['wired.ip', () => requireIp('wired.ip', '10.0.0'), 'wired.ip: expected an IPv4 address, got "10.0.0"'],
    ['wired.ip', () => requireIp('wired.ip', 'fd00::1'), 'wired.ip: expected an IPv4 address, got "fd00::1"'],
  ])('%s', (field, parse, message) => {
    expect(parse).toThrow(expect.objectContaining({ reason: 'invalid-request', message, details: { field } }));
  });

  it('and a value that is too long is not sent back whole', () => {
    const message = `allocation_id: expected 1 to 1024 characters, got "${'x'.repeat(200)}" and 825 characters more`;
    expect(() => requireText('allocation_id', long)).toThrow(expect.objectContaining({ message }));
    expect(() => parsePod({ ...pod, name: long })).toThrow(expect.objectContaining({ details: { field: 'pod.name' } }));
  });
});
