import { IpamRefusal } from '@terway/ipam-core';
import { errorText, type Logger, type Periodic, periodic } from '@terway/runtime';
import type { AddressLedger } from './address-ledger.js';
import type { NodeView } from './ipam-client.js';
import { type IpamSession, isAway } from './ipam-session.js';
import type { Departure } from './leased-address.js';
import type { PodDatapath } from './pod-datapath.js';
import type { ReleaseSpool } from './release-spool.js';

export interface KeeperParts {
  readonly session: IpamSession;
  readonly ledger: AddressLedger;
  readonly spool: ReleaseSpool;
  readonly datapath: Pick<PodDatapath, 'observe'>;
  readonly log: Logger;
}

export interface KeeperOptions {
  /** Usual time between two Renews. */
  readonly renewMs: number;
  /** Time for one Renew; a centre that takes longer does not answer. */
  readonly deadlineMs: number;
  /** Time until the next attempt while the centre does not answer. */
  readonly retryMs: number;
}

/**
 * Tells the centre that this agent lives, and carries out what it asks: docs/lease-protocol.md section 4. One Renew at
 * a time. A departure is on disk before the next Renew acknowledges it.
 */
export class LeaseKeeper {
  private readonly loop: Periodic;
  private readonly confirmed = new Set<string>();
  private hint: NodeJS.Timeout | undefined;
  /** Reason word of the refusal that the log has; empty after a Renew that succeeded. */
  private toldReason = '';
  /** Wait for the end of the next Renew. */
  private readonly watchers: (() => void)[] = [];

  constructor(
    private readonly parts: KeeperParts,
    private readonly options: KeeperOptions,
  ) {
    this.loop = periodic({
      name: 'lease-keeper',
      intervalMs: options.renewMs,
      task: (signal) => this.renew(signal),
      report: (error) => parts.log.error('renewing failed', { error: errorText(error) }),
    });
  }

  readonly name = 'lease-keeper';

  start(): Promise<void> {
    return this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    clearTimeout(this.hint);
    for (const resolve of this.watchers.splice(0)) resolve();
  }

  /** The next Renew is due at once. */
  wake(): void {
    this.loop.wake();
  }

  /** Asks the centre at once, and waits for what it says, or for its silence. */
  async look(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.watchers.push(resolve));
    this.loop.wake();
    await ended;
  }

  private async renew(signal: AbortSignal): Promise<void> {
    clearTimeout(this.hint);
    const watchers = this.watchers.splice(0);
    const { session, log } = this.parts;
    const wasOnline = session.online;
    try {
      const dueMs = await this.renewOnce(signal);
      this.toldReason = '';
      if (!wasOnline) log.info('the address manager answers', {});
      this.wakeIn(dueMs);
    } catch (error) {
      if (signal.aborted || !(error instanceof IpamRefusal)) throw error;
      if (error.reason !== this.toldReason)
        log.warn('renewing was refused', { reason: error.reason, detail: error.message });
      this.toldReason = error.reason;
      if (isAway(error)) session.giveUp(error);
      this.wakeIn(error.retryAfterMs ?? this.options.retryMs);
    } finally {
      for (const resolve of watchers) resolve();
    }
  }

  /** @returns time until the next one, 0 for the usual */
  private async renewOnce(signal: AbortSignal): Promise<number> {
    const { session, ledger, spool, datapath } = this.parts;
    await session.ensureSynced(signal);
    const kernel = await datapath.observe();
    const departed = ledger.departed.filter((departure) => !this.confirmed.has(keyOf(departure)));
    const seenMacs = kernel.enis.map(({ mac }) => mac);
    const limits = { deadlineMs: this.options.deadlineMs, signal };
    const { view } = await session.renew({ departed, seenMacs }, limits);
    for (const departure of departed) this.confirmed.add(keyOf(departure));
    this.forgetConfirmed();
    const dueMs = await this.obey(view, signal);
    await spool.sweep(signal);
    return dueMs;
  }

  private async obey(view: NodeView, signal: AbortSignal): Promise<number> {
    const { session, ledger, datapath, log } = this.parts;
    // in recovery the centre offers nothing; the node lives on what it knows
    if (!view.recovering) ledger.learn(view.idle);
    if (view.resync) {
      log.info('the address manager asks for a full statement', {});
      session.invalidate();
      await session.ensureSynced(signal);
    }
    if (view.depart.length > 0) {
      const shown = new Set((await datapath.observe()).addresses.map(({ ip }) => ip));
      const acknowledged = await ledger.depart(view.depart, shown);
      if (acknowledged.length > 0) {
        log.info('addresses leave the node', { ips: acknowledged.map(({ ip }) => ip).join(' ') });
        return 1;
      }
    }
    const { generation, lastAgentSeq } = session.fence;
    await ledger.save({ generation, lastAgentSeq });
    return view.renewAfterMs;
  }

  /** What the ledger has forgotten needs no memory here. */
  private forgetConfirmed(): void {
    const remembered = new Set(this.parts.ledger.departed.map(keyOf));
    for (const key of this.confirmed) if (!remembered.has(key)) this.confirmed.delete(key);
  }

  private wakeIn(ms: number): void {
    if (ms > 0) this.hint = setTimeout(() => this.loop.wake(), ms);
  }
}

function keyOf({ ip, term }: Departure): string {
  return `${ip}/${term}`;
}
