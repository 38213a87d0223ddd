import type { CloudEni } from '@terway/cloud';
import type { NodeRecord } from '@terway/ipam-core';
import { intentOf } from './refill-config.js';

/**
 * ENIs that an intent of ours has made, that no instance has, and that no record explains: left by a record that was
 * lost, or by a call that was carried out after its intent had been given up. The records must have been read after the
 * listing began: an ENI that is still wanted is then in one of them, or the intent that makes it is.
 */
export function orphansAmong(enis: readonly CloudEni[], records: readonly NodeRecord[]): CloudEni[] {
  const explained = new Set(
    records.flatMap(({ enis: known, intents }) => [
      ...known.keys(),
      ...[...intents.values()].flatMap(({ id, eniId }) => [id, eniId]),
    ]),
  );
  return enis.filter((eni) => {
    const intentId = intentOf(eni.tags);
    const loose = eni.type === 'Secondary' && eni.status === 'Available' && intentId !== undefined;
    return loose && !explained.has(eni.eniId) && !explained.has(intentId);
  });
}
