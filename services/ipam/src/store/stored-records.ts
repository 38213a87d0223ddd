import { IpamRefusal, type NodeRecord, recordOf, SchemaTooNew } from '@terway/ipam-core';
import { errorText } from '@terway/runtime';
import type { LoadedRecords } from './record-persistence.js';

/** What a store found at its start. */
export interface StoredRecords {
  readonly records: ReadonlyMap<string, NodeRecord>;
  /** Nodes whose records a later release has written: they are kept as they are, and refused. */
  readonly tooNew: ReadonlyMap<string, IpamRefusal>;
  /** Why none of it can be trusted; empty when all of it can. */
  readonly damage: readonly string[];
}

export function storedRecords({ records: loaded, damage }: Pick<LoadedRecords, 'records' | 'damage'>): StoredRecords {
  const records = new Map<string, NodeRecord>();
  const tooNew = new Map<string, IpamRefusal>();
  const found = [...damage];
  for (const [nodeId, fields] of loaded) {
    try {
      const record = recordOf(fields);
      if (record === undefined) found.push(`the record of ${nodeId} has no generation`);
      else records.set(nodeId, record);
    } catch (error) {
      if (error instanceof SchemaTooNew) tooNew.set(nodeId, refusalOf(nodeId, error));
      else found.push(`the record of ${nodeId} cannot be read: ${errorText(error)}`);
    }
  }
  return { records, tooNew, damage: found };
}

function refusalOf(nodeId: string, error: SchemaTooNew): IpamRefusal {
  const { field, found } = error;
  return new IpamRefusal('schema-too-new', `${nodeId}: ${error.message}`, { details: { field, found }, cause: error });
}
