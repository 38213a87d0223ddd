import { malformedAnswer } from './malformed.js';

const env = {
  ...{ CNI_COMMAND: 'ADD', CNI_CONTAINERID: 'c1', CNI_IFNAME: 'eth0', CNI_NETNS: '/run/netns/p' },
  CNI_ARGS: 'IgnoreUnknown=1;K8S_POD_NAMESPACE=default;K8S_POD_NAME=web',
};
const stdin = '{"cniVersion":"1.0.0","name":"terway","type":"terway"}';

it.each([
  ['a verb that does not exist', { ...env, CNI_COMMAND: 'FLY' }, stdin, 4],
  ['no container id', { ...env, CNI_CONTAINERID: '' }, stdin, 4],
  ['a configuration that is no JSON', env, '{', 6],
  ['a version from the future', env, stdin.replace('1.0.0', '9.0.0'), 1],
])('says what no agent could understand: %s', (_, variables, text, code) => {
  const answer = malformedAnswer({ env: variables, stdin: text });
  expect(JSON.parse(answer?.stdout ?? '{}')).toMatchObject({ code });
  expect(answer?.exit).toBe(1);
});

it('has nothing to say of a call that an agent could carry out', () => {
  expect(malformedAnswer({ env, stdin })).toBeUndefined();
});
