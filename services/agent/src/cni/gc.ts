import type { Owner } from '@terway/ipam-core';
import { asCniError, type PluginCalls } from './plugin-calls.js';
import type { GcRequest } from './request.js';
import type { Attachment } from './valid-attachments.js';

/**
 * Lets go of every attachment of the network that the runtime does not know any more. One that cannot be let go does
 * not keep the others.
 *
 * @throws CniError of the first that could not
 */
export async function gc(
  { network, valid }: GcRequest,
  calls: Pick<PluginCalls, 'detach' | 'owners'>,
): Promise<string> {
  const failures: unknown[] = [];
  for (const owner of abandoned(calls.owners(network), valid)) {
    await calls.detach(owner).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw asCniError(failures[0]);
  return '';
}

/** Identity is the pair of container and interface. */
export function abandoned(owners: readonly Owner[], valid: readonly Attachment[]): readonly Owner[] {
  return owners.filter(
    ({ sandboxId, interfaceName }) =>
      !valid.some((known) => known.containerId === sandboxId && known.interfaceName === interfaceName),
  );
}
