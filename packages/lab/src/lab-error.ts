/** Why the lab could not do something. */
export type LabErrorReason =
  | 'not-root'
  | 'command-missing'
  | 'command-failed'
  | 'invalid-input'
  | 'not-ready'
  | 'lab-running'
  | 'stopped'
  | 'cni-refused'
  | 'unexpected-output';

/** Everything that the lab expects to go wrong; the message is one sentence for the person at the terminal. */
export class LabError extends Error {
  override readonly name = 'LabError';
  constructor(
    readonly reason: LabErrorReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
