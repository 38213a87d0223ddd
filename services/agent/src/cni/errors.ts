import { IpamRefusal } from '@terway/ipam-core';

/** Codes of the CNI specification 1.1.0, section 5; from 100 on they are the plugin's own. */
export const cniCode = {
  incompatibleVersion: 1,
  containerUnknown: 3,
  invalidEnvironment: 4,
  ioFailure: 5,
  decodeFailure: 6,
  invalidConfig: 7,
  /** Not in the specification's table; the meaning that libcni gives it. */
  invalidNetns: 8,
  tryAgainLater: 11,
  notAvailable: 50,
  /** CHECK: the kernel does not hold what was attached. */
  attachmentDiffers: 100,
  internal: 999,
} as const;

export type CniCode = (typeof cniCode)[keyof typeof cniCode];

/** An expected no to a container runtime: `message` says what is wrong, `details` gives the facts. */
export class CniError extends Error {
  override readonly name = 'CniError';

  constructor(
    readonly code: CniCode,
    message: string,
    readonly details = '',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Whatever went wrong, as the runtime may see it. What nobody foresaw says no more than that. */
export function toCniError(error: unknown): CniError {
  if (error instanceof CniError) return error;
  if (error instanceof IpamRefusal) return ofRefusal(error);
  return new CniError(cniCode.internal, 'internal error; the log of the terway agent says more', '', { cause: error });
}

/** The error object of the specification, in the version that the caller speaks. */
export function renderError(error: CniError, cniVersion: string): string {
  const details = error.details === '' ? {} : { details: error.details };
  return JSON.stringify({ cniVersion, code: error.code, msg: error.message, ...details });
}

/** Every refusal of the address manager passes with time: the runtime tries the pod again. */
function ofRefusal(refusal: IpamRefusal): CniError {
  const facts = Object.entries(refusal.details).map(([name, value]) => `${name}=${value}`);
  if (refusal.retryAfterMs !== undefined) facts.unshift(`retry_after_ms=${refusal.retryAfterMs}`);
  const message = `${refusal.reason}: ${refusal.message}`;
  return new CniError(cniCode.tryAgainLater, message, facts.join(' '), { cause: refusal });
}
