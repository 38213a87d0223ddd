import { IpamRefusal, journalDigest, type RefusalReason } from '@terway/ipam-core';
import { type Logger, sleep } from '@terway/runtime';
import type { AddressLedger } from './address-ledger.js';
import { CallGate, Interrupted } from './call-gate.js';
import type {
  AllocateAsk,
  CallLimits,
  Granted,
  IpamClient,
  NodeFence,
  ReleaseAsk,
  Renewal,
  Viewed,
} from './ipam-client.js';
import { digestEntries, type Journal, lastAgentSeq } from './journal/journal.js';
import type { StatementSource } from './statement.js';
import { untilAborted } from './until-aborted.js';

export interface SessionParts {
  readonly client: IpamClient;
  readonly journal: Journal;
  readonly ledger: AddressLedger;
  readonly statement: StatementSource;
  readonly log: Logger;
  readonly monotonicMs: () => number;
}

export interface SessionOptions {
  readonly instanceId: string;
  readonly nodeName: string;
  /** Time for each of Open and Sync. */
  readonly openDeadlineMs: number;
  /** After a failed attempt nobody asks the centre for this long. */
  readonly pauseMs: number;
}

/** True when the centre, or its store, gave no answer that decides: the agent is on its own. */
export function isAway(refusal: IpamRefusal): boolean {
  return refusal.reason === 'ipam-unavailable' || refusal.reason === 'store-unavailable';
}

/** Refusals after which only Open and Sync help. */
const sessionLost: readonly RefusalReason[] = [
  'sync-required',
  'session-superseded',
  'generation-changed',
  'store-went-back',
];

/**
 * The agent's standing with the centre, docs/lease-protocol.md sections 1 and 4: opens sessions, states what is wired,
 * and lets every other call pass only within a synchronised session. An answer that belongs to another session than the
 * current one cannot arrive: a new session begins only after all calls of the old one have returned.
 */
export class IpamSession {
  private session = '';
  private generation: string;
  private seq: number;
  private routes: readonly string[] = [];
  private synced = false;
  private opening: Promise<void> | undefined;
  private failure: { readonly refusal: IpamRefusal; readonly atMs: number } | undefined;
  private lastReason: RefusalReason | '' = '';
  private readonly gate = new CallGate();

  constructor(
    private readonly options: SessionOptions,
    private readonly parts: SessionParts,
  ) {
    this.generation = parts.journal.kept().generation;
    this.seq = lastAgentSeq(parts.journal);
  }

  /** True while the centre answers. */
  get online(): boolean {
    return this.synced && this.failure === undefined;
  }

  /** Reason word of the last refusal; empty when there was none. */
  get lastRefusal(): string {
    return this.lastReason;
  }

  get agentSeq(): number {
    return this.seq;
  }

  get extraRoutes(): readonly string[] {
    return this.routes;
  }

  get fence(): NodeFence {
    const { session, generation, seq } = this;
    const { instanceId } = this.options;
    return { instanceId, incarnation: this.parts.journal.incarnation, session, generation, lastAgentSeq: seq };
  }

  /** The next call opens a new session: record and journal may disagree. */
  invalidate(): void {
    this.synced = false;
  }

  /** The centre went silent: calls that wait for it end with `refusal`, and their outcome needs a Sync. */
  giveUp(refusal: IpamRefusal): void {
    this.synced = false;
    this.gate.cutShort(refusal);
  }

  /**
   * @param keep writes the grant down; until it returns no new session begins, so that no statement misses the grant
   * @throws IpamRefusal
   */
  allocate<T>(ask: AllocateAsk, limits: CallLimits, keep: (granted: Granted) => Promise<T>): Promise<T> {
    return this.within(limits, async (inner) => {
      const granted = await this.parts.client.allocate(this.fence, ask, inner);
      this.seen(granted.agentSeq);
      return keep(granted);
    });
  }

  /** @throws IpamRefusal */
  async release(ask: ReleaseAsk, limits: CallLimits): Promise<void> {
    await this.within(limits, async (inner) => {
      const { agentSeq } = await this.parts.client.release(this.fence, ask, inner);
      this.seen(agentSeq);
    });
  }

  /** @throws IpamRefusal */
  renew(renewal: Omit<Renewal, 'journalDigest'>, limits: CallLimits): Promise<Viewed> {
    return this.within(limits, async (inner) => {
      const alone = this.gate.inFlight === 1;
      const changes = this.parts.journal.changes();
      const digest = alone ? journalDigest(digestEntries(this.parts.journal.entries())) : '';
      const viewed = await this.parts.client.renew(this.fence, { ...renewal, journalDigest: digest }, inner);
      this.seen(viewed.agentSeq);
      // the digest is of another moment than the centre's record; the next Renew compares again
      const outdated = alone && (this.parts.journal.changes() !== changes || this.gate.inFlight > 1);
      return outdated ? { ...viewed, view: { ...viewed.view, resync: false } } : viewed;
    });
  }

  /** Resolves when the centre knows all that this node has wired. @throws IpamRefusal */
  async ensureSynced(signal?: AbortSignal): Promise<void> {
    if (this.synced) return;
    signal?.throwIfAborted();
    const failure = this.failure;
    if (failure !== undefined && this.parts.monotonicMs() - failure.atMs < this.options.pauseMs) throw failure.refusal;
    this.opening ??= this.gate.exclusive(() => this.openAndSync()).finally(() => (this.opening = undefined));
    await untilAborted(this.opening, signal);
  }

  /** Runs a call within the session, and once more in a new one when the old one is lost. */
  private async within<T>(limits: CallLimits, call: (limits: CallLimits) => Promise<T>): Promise<T> {
    const untilMs = this.parts.monotonicMs() + limits.deadlineMs;
    for (let attempt = 1; ; attempt++) {
      await this.ensureSynced(limits.signal);
      try {
        return await this.gate.shared((interrupted) => {
          const signals = [interrupted, limits.signal].filter((signal) => signal !== undefined);
          const deadlineMs = Math.max(1, untilMs - this.parts.monotonicMs());
          return call({ deadlineMs, signal: AbortSignal.any(signals) });
        });
      } catch (error) {
        limits.signal?.throwIfAborted();
        if (attempt === 3) throw error;
        if (isShuttingDown(error)) await this.pause(error, untilMs, limits.signal);
        else if (!this.mayRepeat(error)) throw error;
      }
    }
  }

  /** Another replica answers soon. @throws the refusal itself when there is no time left */
  private async pause(refusal: IpamRefusal, untilMs: number, signal: AbortSignal | undefined): Promise<void> {
    this.noteRefusal(refusal);
    const pauseMs = refusal.retryAfterMs ?? this.options.pauseMs;
    if (this.parts.monotonicMs() + pauseMs >= untilMs) throw refusal;
    await sleep(pauseMs, signal);
  }

  private mayRepeat(error: unknown): boolean {
    if (error instanceof Interrupted) return true;
    if (!(error instanceof IpamRefusal)) return false;
    this.noteRefusal(error);
    if (!sessionLost.includes(error.reason)) return false;
    this.parts.log.warn('session with the address manager is lost', { reason: error.reason, detail: error.message });
    this.invalidate();
    return true;
  }

  private async openAndSync(): Promise<void> {
    try {
      await this.open();
      await this.sync();
      this.synced = true;
    } catch (error) {
      if (error instanceof IpamRefusal) {
        this.noteRefusal(error);
        this.failure = { refusal: error, atMs: this.parts.monotonicMs() };
      }
      throw error;
    }
  }

  private noteRefusal(refusal: IpamRefusal): void {
    this.lastReason = refusal.reason;
    if (isAway(refusal)) this.failure = { refusal, atMs: this.parts.monotonicMs() };
  }

  private async open(): Promise<void> {
    const { client, ledger, log } = this.parts;
    const opened = await client.open({ ...this.fence, session: '' }, this.options.nodeName, {
      deadlineMs: this.options.openDeadlineMs,
    });
    if (this.generation !== '' && this.generation !== opened.generation) {
      log.warn('the record of this node was made anew', { generation: opened.generation, before: this.generation });
    }
    this.session = opened.session;
    this.generation = opened.generation;
    this.routes = opened.extraRoutes;
    ledger.setCooldown(opened.cooldownMs);
  }

  /** States everything, again if the journal changed meanwhile. */
  private async sync(): Promise<void> {
    const { client, journal, ledger, statement, log } = this.parts;
    let changes: number;
    do {
      changes = journal.changes();
      const stated = await statement();
      const { agentSeq, view } = await client.sync(this.fence, stated, { deadlineMs: this.options.openDeadlineMs });
      this.seen(agentSeq);
      ledger.learnSynced(view.recovering ? undefined : view.idle, view.departing);
      await ledger.save({ generation: this.generation, lastAgentSeq: this.seq, intact: true });
      log.info('session with the address manager is open', { wired: stated.wired.length, idle: view.idle.length });
    } while (journal.changes() !== changes);
  }

  private seen(agentSeq: number): void {
    this.seq = Math.max(this.seq, agentSeq);
    this.failure = undefined;
  }
}

function isShuttingDown(error: unknown): error is IpamRefusal {
  return error instanceof IpamRefusal && error.reason === 'shutting-down';
}
