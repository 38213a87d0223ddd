import { add } from './add.js';
import { check } from './check.js';
import { del } from './del.js';
import { type CniError, renderError } from './errors.js';
import { gc } from './gc.js';
import { versionForErrors } from './network-config.js';
import { asCniError, type PluginCalls } from './plugin-calls.js';
import { type CniMessage, type CniRequest, parseRequest } from './request.js';
import { status } from './status.js';

/** What the plugin prints, and how it exits. */
export interface CniAnswer {
  readonly exit: number;
  readonly stdout: string;
}

/** One call of a runtime, as it ended. */
export interface CniCall {
  /** As the runtime wrote it. */
  readonly command: string;
  readonly sandboxId: string;
  readonly answer: CniAnswer;
  readonly error: CniError | undefined;
}

/** Never rejects: whatever happens is an answer in the words of the CNI specification. */
export async function dispatch(message: CniMessage, calls: PluginCalls, signal: AbortSignal): Promise<CniCall> {
  const named = { command: message.env['CNI_COMMAND'] ?? '', sandboxId: message.env['CNI_CONTAINERID'] ?? '' };
  try {
    const stdout = await carryOut(parseRequest(message), calls, signal);
    return { ...named, answer: { exit: 0, stdout }, error: undefined };
  } catch (thrown) {
    const error = asCniError(thrown);
    const stdout = renderError(error, versionForErrors(message.stdin));
    return { ...named, answer: { exit: 1, stdout }, error };
  }
}

function carryOut(request: CniRequest, calls: PluginCalls, signal: AbortSignal): Promise<string> {
  switch (request.verb) {
    case 'ADD':
      return add(request, calls, signal);
    case 'DEL':
      return del(request, calls);
    case 'CHECK':
      return check(request, calls);
    case 'GC':
      return gc(request, calls);
    case 'STATUS':
      return status(calls);
  }
}
