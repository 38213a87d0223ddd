import { DatapathError, podGateway } from '@terway/datapath';
import type { Owner } from '@terway/ipam-core';
import { Interrupted } from '../call-gate.js';
import type { AttachedEntry } from '../journal/journal.js';
import { JournalError } from '../journal/journal.js';
import type { NetnsKind } from '../pod-datapath.js';
import { Overtaken } from '../sandbox-turns.js';
import { CniError, type CniCode, cniCode, toCniError } from './errors.js';
import type { AttachedInterface } from './result.js';

/** What the calls of a runtime need of the agent. */
export interface PluginCalls {
  attach(wish: { owner: Owner; pod: AttachedEntry['pod']; netns: string }, signal: AbortSignal): Promise<AttachedEntry>;
  detach(owner: Owner): Promise<void>;
  attached(owner: Owner): AttachedEntry | undefined;
  /** All owners of a network. */
  owners(network: string): readonly Owner[];
  /** What the kernel lacks of an attachment, in words. */
  missing(entry: AttachedEntry): Promise<readonly string[]>;
  netnsKind(path: string): Promise<NetnsKind>;
  /** Why no pod could start now, or undefined. */
  notReady(): Promise<string | undefined>;
}

export function describeAttached({ attachment, netns }: AttachedEntry): AttachedInterface {
  return {
    hostInterface: attachment.hostIfName,
    hostMac: attachment.hostMac,
    podInterface: attachment.ifName,
    podMac: attachment.podMac,
    mtu: attachment.mtu,
    netns,
    ip: attachment.ip,
    nextHop: podGateway,
  };
}

const datapathCodes: Readonly<Record<DatapathError['reason'], CniCode>> = {
  'invalid-attachment': cniCode.invalidEnvironment,
  'netns-missing': cniCode.invalidNetns,
  'link-missing': cniCode.tryAgainLater,
  'interface-name-taken': cniCode.invalidEnvironment,
  'kernel-refused': cniCode.tryAgainLater,
};

/** Every error of the agent as the runtime may see it. */
export function asCniError(error: unknown): CniError {
  if (error instanceof DatapathError) {
    const { reason, message, kernelText = '' } = error;
    return new CniError(datapathCodes[reason], `${reason}: ${message}`, kernelText, { cause: error });
  }
  if (error instanceof Overtaken || error instanceof Interrupted || isTimeout(error)) {
    return new CniError(cniCode.tryAgainLater, error.message, '', { cause: error });
  }
  if (error instanceof JournalError) return new CniError(cniCode.ioFailure, error.message, '', { cause: error });
  return toCniError(error);
}

function isTimeout(error: unknown): error is { readonly message: string } {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';
}
