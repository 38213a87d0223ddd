import { DatapathError } from '@terway/datapath';
import { IpamRefusal } from '@terway/ipam-core';
import { JournalError } from '../journal/journal.js';
import { entries } from '../journal/journal.contract.js';
import type { AttachedEntry } from '../journal/journal.js';
import { Interrupted } from '../call-gate.js';
import { Overtaken } from '../sandbox-turns.js';
import { type CniCall, dispatch } from './dispatch.js';
import type { PluginCalls } from './plugin-calls.js';

const wired = entries[2] as AttachedEntry;
const env = {
  CNI_COMMAND: 'ADD',
  CNI_CONTAINERID: 'sandbox-1',
  CNI_NETNS: '/run/netns/web-0',
  CNI_IFNAME: 'eth0',
  CNI_ARGS: 'K8S_POD_NAMESPACE=default;K8S_POD_NAME=web-0',
};

/** An agent that can do everything, but for what a test says. */
function agent(changes: Partial<PluginCalls> = {}): PluginCalls {
  return {
    attach: async () => wired,
    detach: async () => undefined,
    attached: () => wired,
    owners: () => [wired.owner],
    missing: async () => [],
    netnsKind: async () => 'sandbox',
    notReady: async () => undefined,
    ...changes,
  };
}

async function call(command: string, calls: PluginCalls, fields: Record<string, unknown> = {}): Promise<CniCall> {
  const stdin = JSON.stringify({ cniVersion: '1.1.0', name: 'terway', type: 'terway', ...fields });
  return dispatch({ env: { ...env, CNI_COMMAND: command }, stdin }, calls, new AbortController().signal);
}

describe('an error, as the runtime sees it', () => {
  const fail = (error: unknown): PluginCalls => agent({ attach: () => Promise.reject(error) });

  it('of the centre says the reason, the delay and the facts', async () => {
    const details = { vswitch_id: 'vsw-1', request_id: 'R-1' };
    const refusal = new IpamRefusal('vswitch-exhausted', 'no vSwitch has an address', {
      retryAfterMs: 30_000,
      details,
    });
    const { answer } = await call('ADD', fail(refusal));
    expect(answer.exit).toBe(1);
    expect(JSON.parse(answer.stdout)).toEqual({
      cniVersion: '1.1.0',
      code: 11,
      msg: 'vswitch-exhausted: no vSwitch has an address',
      details: 'retry_after_ms=30000 vswitch_id=vsw-1 request_id=R-1',
    });
  });

  it.each([
    ['a namespace that is gone', new DatapathError('netns-missing', '/run/netns/x'), 8],
    ['a name that is taken', new DatapathError('interface-name-taken', 'eth0'), 4],
    ['a name that cannot be used', new DatapathError('invalid-attachment', 'ifName'), 4],
    ['an ENI that has not come yet', new DatapathError('link-missing', 'eni-1'), 11],
    ['a kernel that refuses', new DatapathError('kernel-refused', 'no'), 11],
    ['a disk that is full', new JournalError('ENOSPC'), 5],
    ['a sandbox that is deleted meanwhile', new Overtaken('the sandbox is deleted'), 11],
    ['a call that new sessions cut short', new Interrupted('a new session begins'), 11],
    ['a call whose time is over', new DOMException('time is over', 'TimeoutError'), 11],
    ['what nobody foresaw', new TypeError('secret'), 999],
  ])('of %s', async (_, error, code) => {
    const { answer } = await call('ADD', fail(error));
    expect(JSON.parse(answer.stdout)).toMatchObject({ code });
    expect(answer.stdout).not.toContain('secret');
  });

  it('is said in the version of the call', async () => {
    const { answer } = await call('ADD', fail(new JournalError('ENOSPC')), { cniVersion: '0.4.0' });
    expect(JSON.parse(answer.stdout)).toMatchObject({ cniVersion: '0.4.0' });
  });

  it.each([
    ['missing', 'got nothing'],
    ['not-a-namespace', 'got another file'],
    ['host', 'got the namespace of the node itself'],
  ] as const)('of ADD into a namespace that is %s', async (kind, text) => {
    const { answer } = await call('ADD', agent({ netnsKind: async () => kind }));
    expect(JSON.parse(answer.stdout)).toMatchObject({ code: 8, msg: expect.stringContaining(text) });
  });
});

describe('STATUS', () => {
  it('is silent when pods can start', async () => {
    expect((await call('STATUS', agent())).answer).toEqual({ exit: 0, stdout: '' });
  });

  it('says why when they cannot', async () => {
    const { answer } = await call('STATUS', agent({ notReady: async () => 'no address is idle' }));
    expect(JSON.parse(answer.stdout)).toMatchObject({ code: 50, details: 'no address is idle' });
  });
});
