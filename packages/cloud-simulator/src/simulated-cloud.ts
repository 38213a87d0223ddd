import type { Action } from './actions/action.js';
import type { JsonObject } from './json-object.js';
import { type CallLog, newCallLog } from './call-log.js';
import { type ClientTokens, earlierAnswer, remember, requireToken, type TokenCall } from './client-tokens.js';
import { type ClockOptions, VirtualClock } from './clock.js';
import { CloudError } from './cloud-error.js';
import { allEnis } from './eni-book.js';
import type { ActiveRule, FaultRule } from './fault-rules.js';
import { recentViolations, violations } from './invariants.js';
import type { Knobs } from './knobs.js';
import { settle } from './lifecycle.js';
import { type LinkEvent, linkEvent, pluggedInto } from './link-event.js';
import { newWorld } from './new-world.js';
import { optional, type Params } from './params.js';
import { type SeededIds, type Seed, sow } from './seed.js';
import { newThrottle, type ThrottleState } from './throttle.js';
import type { Eni, Moment, Quotas, World } from './world.js';

export interface CloudOptions {
  /** The same seed and the same calls make the same cloud. */
  readonly seed: number;
  readonly regionId: string;
  readonly knobs: Knobs;
  readonly quotas?: Partial<Quotas>;
  readonly clock: ClockOptions;
}

export type LinkListener = (event: LinkEvent & { readonly seq: number }) => void;

/**
 * The cloud without its HTTP face: the world, its clock, and what has been told to go wrong. Each call is carried out in
 * one tick, so calls never see each other half done.
 */
export class SimulatedCloud {
  readonly clock: VirtualClock;
  /** Until when new connections break, virtual Unix milliseconds. */
  readonly outage = { refuseUntilMs: Number.NEGATIVE_INFINITY };
  #world: World;
  #tokens: ClientTokens = new Map();
  #throttle = newThrottle();
  #log = newCallLog();
  #rules: ActiveRule[] = [];
  #broken: string[] = [];
  #armedAtMs = Number.POSITIVE_INFINITY;
  #linkSeq = 0;
  readonly #linkListeners = new Set<LinkListener>();

  constructor(private readonly options: CloudOptions) {
    this.clock = new VirtualClock(options.clock);
    this.#world = this.#emptyWorld(options.seed, options.knobs);
  }

  get world(): World {
    return this.#world;
  }

  get throttle(): ThrottleState {
    return this.#throttle;
  }

  get log(): CallLog {
    return this.#log;
  }

  get rules(): readonly ActiveRule[] {
    return this.#rules;
  }

  /** What the simulator itself got wrong; once there is something, no call is answered any more. */
  get broken(): readonly string[] {
    return this.#broken;
  }

  /** ENIs as they truly are by now, in the order of creation. */
  enis(): readonly Eni[] {
    this.settle();
    return allEnis(this.#world);
  }

  /** Makes what the seed describes. @throws SimulatorError */
  seed(seed: Seed): SeededIds {
    return this.change((world, nowMs) => sow(world, seed, nowMs));
  }

  /** Changes the world behind its clients' back. */
  change<T>(change: (world: World, nowMs: number) => T): T {
    const nowMs = this.settle();
    try {
      return change(this.#world, nowMs);
    } finally {
      this.#afterChange();
    }
  }

  /**
   * Carries out one action now, without latency, throttling or faults but `at.twist`.
   * @throws CloudError
   */
  execute(action: Action, params: Params, at?: Partial<Moment>): JsonObject {
    const nowMs = this.settle();
    const moment = { nowMs, answeredAtMs: nowMs, twist: {}, ...at };
    try {
      return this.#runOnce(action, params, moment);
    } catch (error) {
      if (!(error instanceof CloudError)) this.#broken.push(`${action.name}: ${String(error)}`);
      throw error;
    } finally {
      this.#afterChange();
    }
  }

  /** Calls back for each event to come. @returns a function that ends it */
  onLink(listener: LinkListener): () => void {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  }

  /** The number of the last event, and one `attached` for each link that is plugged now. */
  links(): { readonly seq: number; readonly plugged: readonly LinkEvent[] } {
    const nowMs = this.settle();
    const plugged = allEnis(this.#world).filter((eni) => pluggedInto(eni) !== undefined);
    return { seq: this.#linkSeq, plugged: plugged.map((eni) => linkEvent('attached', eni, nowMs)) };
  }

  addRule(rule: FaultRule): void {
    this.removeRule(rule.id);
    this.#rules.push({ rule, matched: 0, struck: 0 });
  }

  /** @returns whether there was one */
  removeRule(id: string): boolean {
    const before = this.#rules.length;
    this.#rules = this.#rules.filter(({ rule }) => rule.id !== id);
    return this.#rules.length < before;
  }

  clearRules(): void {
    this.#rules = [];
  }

  /** An empty account; the clock runs on. Links that were plugged are unplugged. */
  reset(seed: number, knobs: Knobs): void {
    const { plugged } = this.links();
    for (const event of plugged) this.#publish({ ...event, kind: 'detached' });
    this.#world = this.#emptyWorld(seed, knobs);
    this.#tokens = new Map();
    this.#throttle = newThrottle();
    this.#log = newCallLog();
    this.#rules = [];
    this.#broken = [];
    this.outage.refuseUntilMs = Number.NEGATIVE_INFINITY;
  }

  /** All that must hold, looked at in full. */
  violations(): readonly string[] {
    this.settle();
    return [...this.#broken, ...violations(this.#world)];
  }

  /** Makes everything happen that is due. @returns the virtual time */
  settle(): number {
    const nowMs = this.clock.nowMs();
    settle(this.#world, nowMs);
    return nowMs;
  }

  stop(): void {
    this.clock.stop();
    this.#linkListeners.clear();
  }

  #runOnce(action: Action, params: Params, at: Moment): JsonObject {
    const token = action.takesToken ? optional(params, 'ClientToken') : undefined;
    if (token === undefined) return action.run(this.#world, params, at);
    requireToken(token);
    const call: TokenCall = { action: action.name, token, params };
    const earlier = earlierAnswer(this.#tokens, call, at.nowMs);
    if (earlier) return earlier;
    let answer: JsonObject | undefined;
    try {
      answer = action.run(this.#world, params, at);
      return answer;
    } finally {
      const retentionMs = this.#world.knobs.tokenRetentionMs;
      remember(this.#tokens, call, { answer, settledAtMs: at.answeredAtMs, retentionMs });
    }
  }

  #afterChange(): void {
    this.#broken.push(...recentViolations(this.#world));
    const atMs = this.#world.due.nextAtMs();
    if (atMs >= this.#armedAtMs || atMs === Number.POSITIVE_INFINITY) return;
    this.#armedAtMs = atMs;
    this.clock.alarm(atMs, () => {
      this.#armedAtMs = Number.POSITIVE_INFINITY;
      this.settle();
      this.#afterChange();
    });
  }

  #emptyWorld(seed: number, knobs: Knobs): World {
    const { regionId, quotas } = this.options;
    return newWorld({ seed, regionId, knobs, ...(quotas && { quotas }), onLink: (event) => this.#publish(event) });
  }

  #publish(event: LinkEvent): void {
    this.#linkSeq += 1;
    for (const listener of this.#linkListeners) listener({ ...event, seq: this.#linkSeq });
  }
}
