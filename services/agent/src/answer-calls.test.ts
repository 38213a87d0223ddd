import { silentLogger } from '@terway/runtime';
import { answerCalls } from './answer-calls.js';
import { systemClock } from './clock.js';
import type { PluginCalls } from './cni/plugin-calls.js';

const del = {
  env: { CNI_COMMAND: 'DEL', CNI_CONTAINERID: 'f00', CNI_NETNS: '', CNI_IFNAME: 'eth0', CNI_PATH: '/opt/cni/bin' },
  stdin: JSON.stringify({ cniVersion: '1.1.0', name: 'terway', type: 'terway' }),
};
const podArgs = 'K8S_POD_NAMESPACE=default;K8S_POD_NAME=web-0;K8S_POD_INFRA_CONTAINER_ID=f00;K8S_POD_UID=u-1';
const unexpected = () => {
  throw new Error('DEL asks for nothing else');
};
const calls: PluginCalls = {
  detach: async () => undefined,
  attach: unexpected,
  attached: unexpected,
  owners: unexpected,
  missing: unexpected,
  netnsKind: unexpected,
  notReady: unexpected,
};

it.each([
  [true, 0],
  [false, 1],
])('asks for the centre after a call that ends with online = %s: %d times', async (online, wakes) => {
  let woken = 0;
  const answer = answerCalls({
    ...{ calls, log: silentLogger, clock: systemClock(), addTimeoutMs: 1_000 },
    keeper: { wake: () => void woken++ },
    session: { online },
    observe: () => undefined,
    stopping: new AbortController().signal,
  });
  expect(await answer(del, new AbortController().signal)).toEqual({ exit: 0, stdout: '' });
  expect(woken).toBe(wakes);
});

it('lets an ADD that waits give way when the agent is told to stop', async () => {
  const stopping = new AbortController();
  const waits: PluginCalls['attach'] = (_wish, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      stopping.abort();
    });
  const answer = answerCalls({
    ...{ log: silentLogger, clock: systemClock(), addTimeoutMs: 1_000 },
    calls: { ...calls, attach: waits, attached: () => undefined, netnsKind: async () => 'sandbox' },
    keeper: { wake: () => undefined },
    session: { online: true },
    observe: () => undefined,
    stopping: stopping.signal,
  });
  const add = { ...del, env: { ...del.env, CNI_COMMAND: 'ADD', CNI_NETNS: '/run/netns/a', CNI_ARGS: podArgs } };
  const { exit, stdout } = await answer(add, new AbortController().signal);
  expect(exit).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ code: 11, msg: expect.stringContaining('shutting-down') as string });
});
