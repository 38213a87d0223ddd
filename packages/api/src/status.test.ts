import { Metadata, status } from '@grpc/grpc-js';
import { IpamRefusal, refusalReasons } from '@terway/ipam-core';
import { DeadlineError } from '@terway/runtime';
import { CallCancelled } from './call-cancelled.js';
import { messageType } from './protocol.js';
import { isUnexpected, isUnreachable, outcomeOf, refusalOf, statusOfError } from './status.js';

describe('a refusal on the wire', () => {
  it.each(refusalReasons.map((reason) => [reason] as const))('%s comes back as it left', (reason) => {
    const details = { field: 'owner.sandbox_id', request_id: '473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E' };
    const refusal = new IpamRefusal(reason, `it is ${reason}`, { retryAfterMs: 1_234, details });
    expect(refusalOf(statusOfError(refusal))).toEqual({
      reason,
      message: `it is ${reason}`,
      retryAfterMs: 1_234,
      details,
    });
  });

  it.each([0, 1, 999, 1_000, 86_400_000])('keeps a delay of %d ms', (retryAfterMs) => {
    const refusal = new IpamRefusal('pool-exhausted', 'none idle', { retryAfterMs });
    expect(refusalOf(statusOfError(refusal))?.retryAfterMs).toBe(retryAfterMs);
  });

  it('keeps that there is no delay', () => {
    expect(refusalOf(statusOfError(new IpamRefusal('node-frozen', 'frozen')))).toEqual({
      reason: 'node-frozen',
      message: 'frozen',
      retryAfterMs: undefined,
      details: {},
    });
  });
});

describe('an error of a call', () => {
  it.each([
    ['a refusal', new IpamRefusal('node-mismatch', 'x'), 'PERMISSION_DENIED', 'node-mismatch'],
    ['a deadline', new DeadlineError(20), 'DEADLINE_EXCEEDED', undefined],
    ['a cancelled call', new CallCancelled(), 'CANCELLED', undefined],
    ['a bug', new TypeError('x is not a function'), 'INTERNAL', undefined],
    ['something that is no error', 'boom', 'INTERNAL', undefined],
  ])('%s has its status and reason', (_, error, code, reason) => {
    expect(outcomeOf(error)).toEqual(reason === undefined ? { code } : { code, reason });
    expect(isUnexpected(error)).toBe(code === 'INTERNAL');
  });

  it.each([
    ['without metadata', new Error('x')],
    ['without details', { code: status.UNAVAILABLE, metadata: new Metadata() }],
    ['that is nothing', undefined],
    ['of another domain', withInfo({ reason: 'pool-exhausted', domain: 'elsewhere.example' })],
    ['with a word that nobody knows', withInfo({ reason: 'moon-too-full', domain: 'terway' })],
  ])('%s is no refusal', (_, error) => {
    expect(refusalOf(error)).toBeUndefined();
  });

  it.each([
    ['a server that is not there', { code: status.UNAVAILABLE, metadata: new Metadata() }, true],
    ['a deadline without an answer', { code: status.DEADLINE_EXCEEDED, metadata: new Metadata() }, true],
    ['a server that refuses for now', statusOfError(new IpamRefusal('store-unavailable', 'no redis')), false],
    ['a bug of the server', { code: status.INTERNAL, metadata: new Metadata() }, false],
  ])('%s: was the server reached?', (_, error, unreachable) => {
    expect(isUnreachable(error)).toBe(unreachable);
  });
});

function withInfo(info: { readonly reason: string; readonly domain: string }) {
  const value = messageType('google.rpc.ErrorInfo').serialize(info);
  const details = [{ type_url: 'type.googleapis.com/google.rpc.ErrorInfo', value }];
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', messageType('google.rpc.Status').serialize({ code: 1, details }));
  return { code: status.UNAVAILABLE, metadata };
}
