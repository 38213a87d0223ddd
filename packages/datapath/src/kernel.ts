import type { NamespaceFacts } from './facts.js';
import type { SysctlStep } from './step.js';

/** A network namespace by path; undefined is the one of this process. */
export type Netns = string | undefined;

export interface LineFailure {
  /** Index of the failing line, from 0; undefined when no line is to blame, as when the namespace is gone. */
  readonly index: number | undefined;
  /** Verbatim. */
  readonly kernelText: string;
}

/** The kernel as ip(8) shows it: lines in, failures and facts out. No call is cut in half, so what is done is known. */
export interface Kernel {
  /** Carries lines out in order. `onFailure` 'stop': the rest is left; 'continue': each is tried. Empty: all went well. */
  batch(netns: Netns, lines: readonly string[], onFailure: 'stop' | 'continue'): Promise<readonly LineFailure[]>;
  /** A link that has vanished has no settings to write. @throws DatapathError `kernel-refused` */
  writeSysctls(netns: Netns, sysctls: readonly SysctlStep[]): Promise<void>;
  /** @throws DatapathError `netns-missing`, `kernel-refused` */
  observe(netns: Netns): Promise<NamespaceFacts>;
}
