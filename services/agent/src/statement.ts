import type { AddressLedger } from './address-ledger.js';
import type { Statement, WiredAddress } from './ipam-client.js';
import { isAttached, isReleasing, type Journal } from './journal/journal.js';
import type { KernelView, PodDatapath } from './pod-datapath.js';

/** Everything that this node has wired, as of now. */
export type StatementSource = () => Promise<Statement>;

export interface StatementParts {
  readonly journal: Journal;
  readonly ledger: Pick<AddressLedger, 'departed' | 'remainingMs'>;
  readonly datapath: Pick<PodDatapath, 'observe'>;
}

export function statementSource({ journal, ledger, datapath }: StatementParts): StatementSource {
  return async () => stateAll(journal, ledger, await datapath.observe());
}

/** Journal ∪ kernel, docs/lease-protocol.md section 4. Of both words for one address, the journal's has the owner. */
export function stateAll(
  journal: Journal,
  ledger: Pick<AddressLedger, 'departed' | 'remainingMs'>,
  kernel: KernelView,
): Statement {
  const entries = journal.entries();
  const journaled = entries.filter(isAttached).map(({ address, owner, allocationId, pod }): WiredAddress => ({
    ip: address.ip,
    eniMac: address.eniMac,
    holder: { owner, allocationId, pod },
  }));
  const known = new Set(journaled.map(({ ip }) => ip));
  const ownerless = kernel.addresses
    .filter(({ ip }) => !known.has(ip))
    .map(({ ip, eniMac }): WiredAddress => ({ ip, eniMac }));
  const cooling = entries
    .filter(isReleasing)
    .flatMap((entry) =>
      entry.address === undefined || known.has(entry.address.ip)
        ? []
        : [{ ip: entry.address.ip, remainingMs: ledger.remainingMs(entry) }],
    );
  return {
    wired: [...journaled, ...ownerless],
    cooling: cooling.filter(({ remainingMs }) => remainingMs > 0),
    departed: ledger.departed,
    seenMacs: kernel.enis.map(({ mac }) => mac),
    journalIntact: journal.kept().intact,
  };
}
