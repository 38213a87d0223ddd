import { storeUnavailable, verdictOn } from './redis-errors.js';

describe('an error of Redis', () => {
  it.each([
    ["READONLY You can't write against a read only replica.", 'read-only', 'no', true],
    ["ERR READONLY you can't write against a read only instance", 'read-only', 'no', true],
    [
      "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
      'replica-without-master',
      'no',
      true,
    ],
    ['LOADING Redis is loading the dataset in memory', 'loading', 'no', true],
    ['BUSY Redis is busy running a script. You can only call SCRIPT KILL', 'busy', 'no', true],
    ['NOREPLICAS Not enough good replicas to write.', 'too-few-replicas', 'no', true],
    ['CLUSTERDOWN The cluster is down', 'cluster-down', 'no', true],
    ['TRYAGAIN Multiple keys request during rehashing of slot', 'slot-moving', 'no', true],
    ["Stream isn't writeable and enableOfflineQueue options is false", 'not-connected', 'no', true],
    ["OOM command not allowed when used memory > 'maxmemory'.", 'out-of-memory', 'no', false],
    [
      'ERR Error running script (call to f_0): @user_script:1: @user_script: 1: -OOM command not allowed',
      'out-of-memory',
      'no',
      false,
    ],
    ['MISCONF Redis is configured to save RDB snapshots', 'not-persisting', 'no', false],
    ['NOAUTH Authentication required.', 'not-authorised', 'no', false],
    ['WRONGPASS invalid username-password pair or user is disabled.', 'not-authorised', 'no', false],
    ['ERR max number of clients reached', 'too-many-clients', 'no', false],
    ["ERR command 'eval' not support for your account", 'not-permitted', 'no', false],
    ['ERR redis temporary failure', 'backend-timeout', 'unknown', true],
    ['Command timed out', 'timeout', 'unknown', true],
    ["Socket timeout. Expecting data, but didn't receive any in 2000ms.", 'timeout', 'unknown', true],
    ['Connection is closed.', 'connection-lost', 'unknown', true],
    [
      'Reached the max retries per request limit (which is 0). Refer to "maxRetriesPerRequest" option for details.',
      'connection-lost',
      'unknown',
      true,
    ],
    ['read ECONNRESET', 'connection-lost', 'unknown', true],
  ])('%s', (text, cause, executed, again) => {
    expect(verdictOn(new Error(text))).toMatchObject({ cause, executed, again });
  });

  it.each([
    'ERR user_script:12: attempt to index a nil value script: 0f',
    "CROSSSLOT Keys in request don't hash to the same slot",
    'WRONGTYPE Operation against a key holding the wrong kind of value',
  ])('is a fault of ours: %s', (text) => {
    expect(verdictOn(new Error(text))).toBeUndefined();
  });

  it('becomes a refusal that says what is known of the outcome', () => {
    const error = new Error('Command timed out');
    const verdict = verdictOn(error);
    if (verdict === undefined) throw new Error('no verdict');
    expect(storeUnavailable(verdict, error)).toMatchObject({
      reason: 'store-unavailable',
      details: { cause: 'timeout', executed: 'unknown' },
      retryAfterMs: 1_000,
      cause: error,
    });
  });
});
