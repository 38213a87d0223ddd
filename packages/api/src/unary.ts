import type { Deadline, handleUnaryCall, Metadata } from '@grpc/grpc-js';
import { DeadlineError } from '@terway/runtime';
import { CallCancelled } from './call-cancelled.js';
import { isUnexpected, statusOfError } from './status.js';

export interface CallContext {
  /** Aborts when the client cancels, goes away, or its deadline has passed. */
  readonly signal: AbortSignal;
  /** Aborts when the server begins to stop: a call that waits gives way, a short one ends as usual. */
  readonly stopping: AbortSignal;
  readonly metadata: Metadata;
  /** How long the caller waits, measured when the call arrived; undefined when it set no deadline. */
  readonly deadlineMs: number | undefined;
  /** Address of the caller. */
  readonly peer: string;
}

export type UnaryHandler<Request, Response> = (request: Request, context: CallContext) => Promise<Response>;

export interface UnaryOptions {
  readonly stopping: AbortSignal;
  /** Hears of every error that is not an answer: the client is told nothing but INTERNAL. */
  readonly report: (error: unknown) => void;
  readonly nowMs: () => number;
}

/** A longer timer of Node's would go off at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The one place where promises and signals meet gRPC's callbacks and events. */
export function unary<Request, Response>(
  handle: UnaryHandler<Request, Response>,
  { stopping, report, nowMs }: UnaryOptions,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const ended = new AbortController();
    const deadlineMs = timeLeftMs(call.getDeadline(), nowMs());
    call.on('cancelled', () => ended.abort(new CallCancelled()));
    const timer =
      deadlineMs === undefined
        ? undefined
        : setTimeout(
            () => ended.abort(new DeadlineError(deadlineMs)),
            Math.min(Math.max(0, deadlineMs), longestTimerMs),
          );
    const context = { signal: ended.signal, stopping, metadata: call.metadata, deadlineMs, peer: call.getPeer() };

    // Inside a promise, so that a handler that throws at once is no different.
    Promise.resolve()
      .then(() => handle(call.request, context))
      .finally(() => clearTimeout(timer))
      .then(
        (response) => callback(null, response),
        (error: unknown) => {
          if (isUnexpected(error)) report(error);
          callback(statusOfError(error));
        },
      );
  };
}

function timeLeftMs(deadline: Deadline, nowMs: number): number | undefined {
  const atMs = deadline instanceof Date ? deadline.getTime() : deadline;
  return Number.isFinite(atMs) ? atMs - nowMs : undefined;
}
