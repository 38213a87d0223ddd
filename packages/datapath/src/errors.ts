/** Why the datapath refused, in one word. */
export type DatapathReason =
  /** An input that no kernel object may be named or addressed by. */
  | 'invalid-attachment'
  /** The pod's network namespace is gone, or the path is not one. */
  | 'netns-missing'
  /** A link that must exist first, as an ENI, does not. */
  | 'link-missing'
  /** A link that is not ours holds the name that the pod's or the host's end needs. */
  | 'interface-name-taken'
  /** Everything else that the kernel, or the tool that speaks to it, said no to. */
  | 'kernel-refused';

export interface DatapathFacts {
  /** The `ip -batch` line, or the file under /proc/sys, that failed. */
  readonly line?: string;
  /** What the kernel said, verbatim. */
  readonly kernelText?: string;
  readonly cause?: unknown;
}

/** Why the kernel does not hold what was asked of it. Steps of the same run are undone when it is thrown. */
export class DatapathError extends Error {
  override readonly name = 'DatapathError';
  readonly line: string | undefined;
  readonly kernelText: string | undefined;

  constructor(
    readonly reason: DatapathReason,
    message: string,
    facts: DatapathFacts = {},
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.line = facts.line;
    this.kernelText = facts.kernelText;
  }
}
