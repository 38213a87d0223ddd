import { cniCode } from './errors.js';
import { parsePodArgs } from './pod-args.js';

const pod = 'K8S_POD_NAMESPACE=default;K8S_POD_NAME=web-0';

describe('CNI_ARGS', () => {
  it.each([
    ['both names', pod, ''],
    ['all that kubelet sends', `IgnoreUnknown=1;${pod};K8S_POD_INFRA_CONTAINER_ID=abc;K8S_POD_UID=u-1`, 'u-1'],
    ['IgnoreUnknown last', `${pod};FOO=bar;IgnoreUnknown=true`, ''],
    ['empty pairs and spaces', `;; K8S_POD_NAMESPACE=default ; K8S_POD_NAME=web-0;`, ''],
    ['the same value twice', `${pod};K8S_POD_NAME=web-0`, ''],
    ['an unknown key without a value', `IgnoreUnknown=1;${pod};FOO=`, ''],
  ])('name the pod: %s', (_, text, uid) => {
    expect(parsePodArgs(text)).toEqual({ namespace: 'default', name: 'web-0', uid });
  });

  it.each([
    ['', 'K8S_POD_NAMESPACE is missing'],
    ['K8S_POD_NAMESPACE=default', 'K8S_POD_NAME is missing'],
    ['K8S_POD_NAMESPACE=;K8S_POD_NAME=web-0', 'K8S_POD_NAMESPACE is missing'],
    [`${pod};FOO=bar`, 'unknown key FOO'],
    [`IgnoreUnknown=0;${pod};FOO=bar`, 'unknown key FOO'],
    [`${pod};K8S_POD_NAME=web-1`, 'K8S_POD_NAME is both web-0 and web-1'],
    [`${pod};K8S_POD_UID=a=b`, 'expected KEY=VALUE, got K8S_POD_UID=a=b'],
    [`${pod};=x`, 'expected KEY=VALUE, got =x'],
    [`${pod};FOO`, 'expected KEY=VALUE, got FOO'],
  ])('are refused: %j', (text, message) => {
    const refusal = { code: cniCode.invalidEnvironment, message: expect.stringContaining(`CNI_ARGS: ${message}`) };
    expect(() => parsePodArgs(text)).toThrow(expect.objectContaining(refusal));
  });
});
