import { IpamRefusal } from '@terway/ipam-core';
import { errorText, type Logger, onAbort } from '@terway/runtime';
import type { Clock } from './clock.js';
import type { AnswerCall } from './cni-server.js';
import { cniCode } from './cni/errors.js';
import { type CniCall, dispatch } from './cni/dispatch.js';
import type { PluginCalls } from './cni/plugin-calls.js';
import type { IpamSession } from './ipam-session.js';
import type { LeaseKeeper } from './lease-keeper.js';
import { Overtaken } from './sandbox-turns.js';
import { VSwitchFullLog } from './vswitch-full-log.js';

export interface AnswerParts {
  readonly calls: PluginCalls;
  readonly keeper: Pick<LeaseKeeper, 'wake'>;
  readonly session: Pick<IpamSession, 'online'>;
  readonly observe: (call: CniCall, durationMs: number) => void;
  readonly log: Logger;
  readonly clock: Clock;
  readonly addTimeoutMs: number;
  /** Aborts when the agent is told to stop: an ADD that waits gives way to the next agent. */
  readonly stopping: AbortSignal;
}

/** While an ADD waits, the agent looks this often whether an ENI has come, and tells the centre. */
const lookMs = 500;
/** The line of a full vSwitch is printed at most this often per vSwitch. */
const fullLineMs = 10_000;
/** Wiring takes its time after the address has come. */
const wiringMs = 8_000;

/**
 * Answers the plugin, counts the call, and logs how it ended. What a call did without the centre is stated as soon as the
 * centre answers again, not only at the next Renew.
 */
export function answerCalls(parts: AnswerParts): AnswerCall {
  const { calls, keeper, session, observe, log, clock, stopping } = parts;
  const limitMs = parts.addTimeoutMs + wiringMs;
  const fullLog = new VSwitchFullLog((line) => log.warn(line), fullLineMs);
  return async (message, hungUp) => {
    const beganMs = clock.monotonicMs();
    const waiting = message.env['CNI_COMMAND'] === 'ADD' ? setInterval(() => keeper.wake(), lookMs) : undefined;
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(new Overtaken(`the pod was not wired within ${limitMs} ms`)), limitMs);
    const giveWay = (): void => over.abort(new Overtaken('shutting-down: the agent stops before the pod is wired'));
    const stopListening = onAbort(stopping, giveWay);
    try {
      const signal = AbortSignal.any([hungUp, over.signal]);
      const call = await dispatch(message, calls, signal);
      const durationMs = clock.monotonicMs() - beganMs;
      observe(call, durationMs);
      logCall(log, call, durationMs);
      if (call.error?.cause instanceof IpamRefusal) fullLog.note(call.error.cause, clock.nowMs());
      return call.answer;
    } finally {
      clearInterval(waiting);
      clearTimeout(timer);
      stopListening();
      if (!session.online) keeper.wake();
    }
  };
}

function logCall(log: Logger, { command, sandboxId, error }: CniCall, durationMs: number): void {
  const about = { command, sandbox: sandboxId, ms: durationMs };
  if (error === undefined) log.info('CNI call is done', about);
  else if (error.code === cniCode.internal) log.error('CNI call failed', { ...about, error: errorText(error.cause) });
  else log.warn('CNI call is refused', { ...about, code: error.code, error: error.message, details: error.details });
}
