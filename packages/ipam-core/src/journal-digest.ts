import type { Owner } from './owner.js';

export interface DigestEntry {
  readonly ip: string;
  readonly owner: Owner;
  readonly allocationId: string;
}

/**
 * Digest of who holds what on a node: the agent takes it of its journal, the service of the node's record, and a
 * difference means that they must sync. FNV-1a, 64 bit, over the sorted lines, as 16 hex digits; it guards against
 * drift, not against an attacker.
 */
export function journalDigest(entries: readonly DigestEntry[]): string {
  const lines = entries.map(lineOf).sort();
  let hash = 0xcbf29ce484222325n;
  for (const line of lines) {
    for (let i = 0; i < line.length; i++) {
      hash = ((hash ^ BigInt(line.charCodeAt(i))) * 0x100000001b3n) & 0xffffffffffffffffn;
    }
  }
  return hash.toString(16).padStart(16, '0');
}

function lineOf({ ip, owner, allocationId }: DigestEntry): string {
  return `${ip}|${owner.network}|${owner.sandboxId}|${owner.interfaceName}|${allocationId}\n`;
}
