import type { CloudEni } from '@terway/cloud';
import type { RemoveEniIntent } from '@terway/ipam-core';
import { nextRemovalMove } from './remove-eni.js';

const boundMs = 60_000;
const intent: RemoveEniIntent = {
  ...{ id: 'x', kind: 'remove-eni', eniId: 'eni-1', phase: 'detach', createdAtMs: 0, attempt: 1, paramsHash: '' },
  ...{ sends: 1, attemptSentAtMs: 10_000, lastSentAtMs: 10_000, notBeforeMs: 0 },
};

type Phase = RemoveEniIntent['phase'];
type Seen = CloudEni['status'] | 'nothing';

const result = (kind: string): object => ({ result: { kind } });
const call = (what: string): object => ({ call: what });

/** `soon` is right after the last call, `stuck` 30 s after it, `late` past the bound after the intent was written. */
const times = { soon: 10_001, stuck: 40_000, late: boundMs } as const;

describe('the next move of a removal', () => {
  it.each<[Phase, Seen, keyof typeof times, object | 'wait']>([
    ['detach', 'InUse', 'soon', call('detach')],
    ['detach', 'Attaching', 'soon', call('detach')],
    ['detach', 'Detaching', 'soon', result('detach-requested')],
    ['detach', 'Available', 'soon', result('detached')],
    ['detach', 'Deleting', 'soon', result('delete-requested')],
    ['await-available', 'InUse', 'soon', call('detach')],
    ['await-available', 'Detaching', 'soon', 'wait'],
    ['await-available', 'Detaching', 'stuck', call('detach')],
    ['await-available', 'Available', 'soon', result('detached')],
    ['delete', 'Available', 'soon', call('delete')],
    ['delete', 'CreateFailed', 'soon', call('delete')],
    ['delete', 'InUse', 'soon', call('detach')],
    ['delete', 'Deleting', 'soon', result('delete-requested')],
    ['await-gone', 'Available', 'soon', call('delete')],
    ['await-gone', 'Deleting', 'soon', 'wait'],
    ['await-gone', 'Deleting', 'stuck', call('delete')],
    ['await-gone', 'nothing', 'soon', result('gone')],
    ['delete', 'nothing', 'soon', 'wait'],
    ['detach', 'nothing', 'stuck', 'wait'],
    ['delete', 'nothing', 'late', result('gone')],
    ['await-available', 'nothing', 'late', result('gone')],
    ['detach', 'Creating', 'late', 'wait'],
    ['detach', 'Unknown', 'late', 'wait'],
  ])('in phase %s, where the cloud shows %s, %s, is %j', (phase, seen, when, move) => {
    const eni = seen === 'nothing' ? undefined : { status: seen };
    expect(nextRemovalMove({ ...intent, phase }, eni, { nowMs: times[when], boundMs })).toEqual(move);
  });
});
