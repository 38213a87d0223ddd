/** What became of one call. */
export interface CallRecord {
  /** From 1, without gaps. */
  readonly seq: number;
  /** Virtual Unix milliseconds at which it came. */
  readonly atMs: number;
  readonly action: string;
  readonly accessKeyId: string;
  readonly requestId: string;
  readonly params: Readonly<Record<string, string>>;
  /** How it ended for the caller. */
  readonly ending: 'reply' | 'truncated' | 'drip' | 'reset' | 'silence';
  /** HTTP status; of the answer that got lost, where it got lost. */
  readonly status: number;
  /** The cloud's error code; empty when it was carried out. */
  readonly code: string;
  /** Virtual milliseconds. */
  readonly latencyMs: number;
  /** The fault rule that struck it; empty when none did. */
  readonly ruleId: string;
}

export interface CallLog {
  readonly records: CallRecord[];
  lastSeq: number;
}

const maxRecords = 50_000;

export function newCallLog(): CallLog {
  return { records: [], lastSeq: 0 };
}

export function logCall(log: CallLog, record: Omit<CallRecord, 'seq'>): void {
  log.lastSeq += 1;
  log.records.push({ seq: log.lastSeq, ...record });
  if (log.records.length > maxRecords) log.records.splice(0, maxRecords / 10);
}

export function recordsSince(log: CallLog, seq: number, action?: string): readonly CallRecord[] {
  return log.records.filter((record) => record.seq > seq && (action === undefined || record.action === action));
}

export interface ActionStats {
  readonly calls: number;
  readonly carriedOut: number;
  readonly throttled: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Most calls within one virtual second. */
  readonly peakPerSecond: number;
}

/** By action, over the records that are kept. */
export function statsOf(log: CallLog): Readonly<Record<string, ActionStats>> {
  const actions = [...new Set(log.records.map(({ action }) => action))].toSorted();
  return Object.fromEntries(
    actions.map((action) => [action, statsOfAction(log.records.filter((record) => record.action === action))]),
  );
}

function statsOfAction(records: readonly CallRecord[]): ActionStats {
  const failed = records.filter(({ code }) => code !== '');
  const latencies = records.map(({ latencyMs }) => latencyMs).toSorted((one, other) => one - other);
  const errors = countBy(failed, ({ code }) => code);
  return {
    calls: records.length,
    carriedOut: records.length - failed.length,
    throttled: failed.filter(({ code }) => code.startsWith('Throttling')).length,
    errors,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    peakPerSecond: Math.max(0, ...Object.values(countBy(records, ({ atMs }) => String(Math.floor(atMs / 1000))))),
  };
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
