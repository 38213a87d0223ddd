import { batches, readFailures } from './batch.js';
import { planHost } from './planners/host.js';
import { planPolicyRoute } from './planners/policy-route.js';
import { sampleAttachment } from './sample-attachment.js';

describe('batches', () => {
  it('cuts a plan where the namespace changes, and writes sysctls after the links exist', () => {
    const cut = batches(planPolicyRoute(sampleAttachment()));
    expect(cut.map(({ netns, steps }) => [netns, steps.map(({ kind }) => kind).join(' ')])).toEqual([
      ['host', 'link address route veth link neighbour route rule rule sysctl sysctl sysctl sysctl'],
      ['pod', 'link address neighbour route'],
    ]);
  });

  it('knows a plan of sysctls only', () => {
    const [only, ...others] = batches({ podNetns: undefined, steps: planHost([]) });
    expect(only?.steps).toHaveLength(4);
    expect(others).toEqual([]);
  });
});

describe('readFailures', () => {
  it.each([
    ['nothing', '', []],
    [
      'one line',
      'RTNETLINK answers: File exists\nCommand failed -:1\n',
      [{ index: 0, kernelText: 'RTNETLINK answers: File exists' }],
    ],
    [
      'many, with -force',
      'Cannot find device "nope"\nCommand failed -:1\nError: ipv4: Address not found.\nCommand failed -:12\n',
      [
        { index: 0, kernelText: 'Cannot find device "nope"' },
        { index: 11, kernelText: 'Error: ipv4: Address not found.' },
      ],
    ],
    [
      'no line, when the namespace is gone',
      'nsenter: cannot open /run/netns/nope: No such file or directory\n',
      [{ index: undefined, kernelText: 'nsenter: cannot open /run/netns/nope: No such file or directory' }],
    ],
    [
      'no line, when the namespace of the peer is gone',
      'Error: argument "/run/netns/nope" is wrong: Invalid "netns" value\n\n',
      [{ index: undefined, kernelText: 'Error: argument "/run/netns/nope" is wrong: Invalid "netns" value' }],
    ],
  ])('reads %s', (_, stderr, expected) => {
    expect(readFailures(stderr)).toEqual(expected);
  });
});
