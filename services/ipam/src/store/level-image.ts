import { createHash } from 'node:crypto';
import type { LoadedRecords, RecordChange } from './record-persistence.js';

export type Entry = readonly [key: string, text: string];

export type Operation =
  | { readonly type: 'put'; readonly key: string; readonly value: string }
  | { readonly type: 'del'; readonly key: string };

const recordPrefix = 'record/';
const stateKey = 'state';

/**
 * What a LevelDB database holds: `record/<node>/<field>` for every field of every record, and `state`, the number of the
 * last batch and a digest of all the fields as that batch left them: `17 0123456789ab`. A batch that is missing, a text
 * that has changed, an older text that is back: each makes the digest another one. Only a lost tail does not, since the
 * last state goes with it.
 */
export class LevelImage {
  private readonly hashes = new Map<string, number>();
  private sum = 0;

  /** What to write so that the database holds these changes. Each batch is written before the next is asked for. */
  operationsOf(changes: readonly RecordChange[], batch: number): Operation[] {
    const operations = changes.flatMap(({ nodeId, changes: fields }) =>
      [...fields].map(([field, text]) => this.change(recordKey(nodeId, field), text)),
    );
    return [...operations, { type: 'put', key: stateKey, value: this.stateAfter(batch) }];
  }

  /** Takes in what the database holds; the image is empty before. */
  load(entries: readonly Entry[]): LoadedRecords {
    const records = new Map<string, Map<string, string>>();
    let state = '';
    for (const [key, text] of entries) {
      if (key === stateKey) {
        state = text;
        continue;
      }
      this.change(key, text);
      const [nodeId, field] = partsOf(key);
      records.set(nodeId, (records.get(nodeId) ?? new Map<string, string>()).set(field, text));
    }
    const lastBatch = Number.parseInt(state, 10) || 0;
    const intact = entries.length === 0 || state === this.stateAfter(lastBatch);
    const damage = intact ? [] : [`the records are not those of batch ${lastBatch}, the last that can be read`];
    return { records, lastBatch, damage };
  }

  private change(key: string, text: string | undefined): Operation {
    const before = this.hashes.get(key) ?? 0;
    const after = text === undefined ? 0 : hashOf(key, text);
    this.sum = (this.sum - before + after + modulus) % modulus;
    if (text === undefined) this.hashes.delete(key);
    else this.hashes.set(key, after);
    return text === undefined ? { type: 'del', key } : { type: 'put', key, value: text };
  }

  private stateAfter(batch: number): string {
    return `${batch} ${this.sum.toString(16).padStart(12, '0')}`;
  }
}

const modulus = 2 ** 48;

/** 48 bits, so that sums stay exact. Guards against accidents, not against an attacker. */
function hashOf(key: string, text: string): number {
  return createHash('sha1').update(`${key}\n${text}`).digest().readUIntBE(0, 6);
}

function recordKey(nodeId: string, field: string): string {
  return `${recordPrefix}${encodeURIComponent(nodeId)}/${field}`;
}

/** A key that is no field of a record is there by accident: the digest tells, so its parts do not matter. */
function partsOf(key: string): [nodeId: string, field: string] {
  const [, node = '', ...field] = key.split('/');
  return [decodedOr(node), field.join('/')];
}

function decodedOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
