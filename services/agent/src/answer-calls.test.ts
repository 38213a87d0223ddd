import { silentLogger } from '@terway/runtime';
import { answerCalls } from './answer-calls.js';
import { systemClock } from './clock.js';
import type { PluginCalls } from './cni/plugin-calls.js';

const del = {
  env: { CNI_COMMAND: 'DEL', CNI_CONTAINERID: 'f00', CNI_NETNS: '', CNI_IFNAME: 'eth0', CNI_PATH: '/opt/cni/bin' },
  stdin: JSON.stringify({ cniVersion: '1.1.0', name: 'terway', type: 'terway' }),
};
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
    standing: { online },
    observe: () => undefined,
  });
  expect(await answer(del, new AbortController().signal)).toEqual({ exit: 0, stdout: '' });
  expect(woken).toBe(wakes);
});
