import { Metadata, type ServiceError, status, type StatusObject } from '@grpc/grpc-js';
import { IpamRefusal, type RefusalReason, refusalReasons } from '@terway/ipam-core';
import { DeadlineError } from '@terway/runtime';
import { CallCancelled } from './call-cancelled.js';
import { messageType } from './protocol.js';

/** One row per reason; the compiler asks for the row when a reason is added. */
export const statusOf = {
  'invalid-request': status.INVALID_ARGUMENT,
  'node-unknown': status.NOT_FOUND,
  'node-mismatch': status.PERMISSION_DENIED,
  'node-frozen': status.FAILED_PRECONDITION,
  'node-recovering': status.UNAVAILABLE,
  'sync-required': status.FAILED_PRECONDITION,
  'session-superseded': status.ABORTED,
  'generation-changed': status.ABORTED,
  'store-went-back': status.ABORTED,
  'store-unavailable': status.UNAVAILABLE,
  'schema-too-new': status.FAILED_PRECONDITION,
  'claim-lost': status.ABORTED,
  'record-changed': status.ABORTED,
  'allocation-released': status.FAILED_PRECONDITION,
  'pool-exhausted': status.RESOURCE_EXHAUSTED,
  'vswitch-exhausted': status.RESOURCE_EXHAUSTED,
  'eni-limit-reached': status.RESOURCE_EXHAUSTED,
  'cloud-throttled': status.UNAVAILABLE,
  'cloud-unavailable': status.UNAVAILABLE,
  'cloud-refused': status.FAILED_PRECONDITION,
  'shutting-down': status.UNAVAILABLE,
  'ipam-unavailable': status.UNAVAILABLE,
  'address-in-use': status.ALREADY_EXISTS,
  'offline-reserve-empty': status.RESOURCE_EXHAUSTED,
} as const satisfies Record<RefusalReason, status>;

/** A refusal as its caller sees it. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
  readonly retryAfterMs: number | undefined;
  readonly details: Readonly<Record<string, string>>;
}

const domain = 'terway';
const detailsKey = 'grpc-status-details-bin';

/** What a handler's error is on the wire. An unexpected one tells the client nothing. */
export function statusOfError(error: unknown): Partial<StatusObject> {
  if (error instanceof IpamRefusal) {
    return { code: statusOf[error.reason], details: error.message, metadata: refusalMetadata(error) };
  }
  if (error instanceof DeadlineError) return { code: status.DEADLINE_EXCEEDED, details: error.message };
  if (isCancellation(error)) return { code: status.CANCELLED, details: 'the call was cancelled' };
  return { code: status.INTERNAL, details: 'internal error' };
}

/** Neither a refusal nor the end of the caller's patience: a bug, to be logged by the server. */
export function isUnexpected(error: unknown): boolean {
  return statusOfError(error).code === status.INTERNAL;
}

/** How a call ended, for metrics: the name of the status, and the reason when it was refused. */
export function outcomeOf(error: unknown): { readonly code: string; readonly reason?: RefusalReason } {
  const code = status[statusOfError(error).code ?? status.UNKNOWN];
  return error instanceof IpamRefusal ? { code, reason: error.reason } : { code };
}

/** The refusal behind an error of a client's call; undefined when the server did not refuse, or with a foreign word. */
export function refusalOf(error: unknown): Refusal | undefined {
  const packed = (error as Partial<ServiceError> | undefined)?.metadata?.get?.(detailsKey)[0];
  if (!Buffer.isBuffer(packed)) return undefined;
  const { message, details } = messageType('google.rpc.Status').deserialize(packed);
  const find = (name: string): Buffer | undefined =>
    details.find(({ type_url }) => type_url.endsWith(`/google.rpc.${name}`))?.value;

  const info = find('ErrorInfo');
  if (info === undefined) return undefined;
  const { reason, domain: from, metadata } = messageType('google.rpc.ErrorInfo').deserialize(info);
  if (from !== domain || !isReason(reason)) return undefined;
  return { reason, message, retryAfterMs: retryAfterMs(find('RetryInfo')), details: metadata };
}

/** True when the call did not reach a server that could decide: nothing is known of its effect. */
export function isUnreachable(error: unknown): boolean {
  const code = (error as Partial<ServiceError> | undefined)?.code;
  const undecided = code === status.UNAVAILABLE || code === status.DEADLINE_EXCEEDED || code === status.CANCELLED;
  return undecided && refusalOf(error) === undefined;
}

function refusalMetadata({ reason, message, details, retryAfterMs: delayMs }: IpamRefusal): Metadata {
  const packed = [pack('ErrorInfo', { reason, domain, metadata: { ...details } })];
  if (delayMs !== undefined) {
    const seconds = Math.floor(delayMs / 1_000);
    packed.push(pack('RetryInfo', { retryDelay: { seconds, nanos: Math.round((delayMs - seconds * 1_000) * 1e6) } }));
  }
  const metadata = new Metadata();
  metadata.set(
    detailsKey,
    messageType('google.rpc.Status').serialize({ code: statusOf[reason], message, details: packed }),
  );
  return metadata;
}

function pack(name: 'ErrorInfo' | 'RetryInfo', message: object): { type_url: string; value: Buffer } {
  const type = `google.rpc.${name}` as const;
  return { type_url: `type.googleapis.com/${type}`, value: messageType(type).serialize(message) };
}

function retryAfterMs(packed: Buffer | undefined): number | undefined {
  if (packed === undefined) return undefined;
  const { retryDelay } = messageType('google.rpc.RetryInfo').deserialize(packed);
  return retryDelay === null ? undefined : Number(retryDelay.seconds) * 1_000 + Math.round(retryDelay.nanos / 1e6);
}

function isReason(word: string): word is RefusalReason {
  return (refusalReasons as readonly string[]).includes(word);
}

function isCancellation(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error instanceof CallCancelled);
}
