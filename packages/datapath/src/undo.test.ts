import { planPolicyRoute } from './planners/policy-route.js';
import { sampleAttachment } from './sample-attachment.js';
import { isGone, toUndoLines, undo } from './undo.js';

describe('undo', () => {
  const way = undo(planPolicyRoute(sampleAttachment()));

  it('takes back what is of the pod, newest first, links last', () => {
    expect(toUndoLines(way)).toEqual([
      'rule flush from 10.0.0.10/32 priority 2048',
      'rule flush to 10.0.0.10/32 priority 512',
      'route delete 10.0.0.10/32 dev calic440f455693 table main',
      'neighbour delete 10.0.0.10 dev calic440f455693',
      'link delete dev calic440f455693',
    ]);
  });

  it('names the links that die apart from what is quick', () => {
    expect(way.doomedLinks).toEqual(['calic440f455693']);
  });

  it('needs nothing of the pod, whose namespace may be gone', () => {
    expect(toUndoLines(way).join('\n')).not.toMatch(/netns|eth0/);
  });

  it('leaves what the ENI needs for other pods', () => {
    expect(toUndoLines(way).join('\n')).not.toMatch(/eth1|1003|10\.1\.0\.5/);
  });
});

describe('isGone', () => {
  it.each([
    'Cannot find device "calix"',
    'RTNETLINK answers: No such process',
    'RTNETLINK answers: No such file or directory',
    'RTNETLINK answers: No such device',
    'Error: ipv4: Address not found.',
    'Error: ipv4: FIB table does not exist.',
  ])('takes "%s" for success', (text) => expect(isGone(text)).toBe(true));

  it.each(['RTNETLINK answers: Operation not permitted', 'RTNETLINK answers: Device or resource busy'])(
    'does not take "%s" for success',
    (text) => expect(isGone(text)).toBe(false),
  );
});
