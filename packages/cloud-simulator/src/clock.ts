import { dueQueue } from './due-queue.js';

export interface ClockOptions {
  /** Unix milliseconds at which the virtual time begins. */
  readonly startMs: number;
  /** Virtual milliseconds per real one; 0 stands still until it is told to advance. */
  readonly speed: number;
}

interface Alarm {
  ring: (() => void) | undefined;
}

/** Node's timers take no longer delay. */
const longestTimerMs = 2 ** 31 - 1;

/** The simulator's time. Everything that waits, waits here, so that a test can make an hour pass in no time. */
export class VirtualClock {
  readonly #alarms = dueQueue<Alarm>();
  #anchorMs: number;
  #anchorRealMs: number;
  #speed: number;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(
    options: ClockOptions,
    private readonly realNowMs: () => number = () => performance.now(),
  ) {
    this.#anchorMs = options.startMs;
    this.#anchorRealMs = realNowMs();
    this.#speed = options.speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** Unix milliseconds, whole ones. */
  nowMs(): number {
    return Math.floor(this.#anchorMs + (this.realNowMs() - this.#anchorRealMs) * this.#speed);
  }

  setSpeed(speed: number): void {
    this.#anchorAt(this.nowMs());
    this.#speed = speed;
    this.#arm();
  }

  /** Lets time pass at once: whatever falls due meanwhile happens in order, each at its own moment. */
  advance(ms: number): void {
    const endMs = this.nowMs() + ms;
    for (let atMs = this.#alarms.nextAtMs(); atMs <= endMs; atMs = this.#alarms.nextAtMs()) {
      if (atMs > this.nowMs()) this.#anchorAt(atMs);
      this.#ringDue();
    }
    this.#anchorAt(endMs);
    this.#arm();
  }

  /** Rings once, at or soon after `atMs`. @returns a function that calls it off */
  alarm(atMs: number, ring: () => void): () => void {
    const alarm: Alarm = { ring };
    this.#alarms.push(atMs, alarm);
    this.#arm();
    return () => {
      alarm.ring = undefined;
    };
  }

  /** No alarm rings any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #anchorAt(ms: number): void {
    this.#anchorMs = ms;
    this.#anchorRealMs = this.realNowMs();
  }

  #ringDue(): void {
    for (let due = this.#alarms.takeDue(this.nowMs()); due; due = this.#alarms.takeDue(this.nowMs())) {
      due.item.ring?.();
    }
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const atMs = this.#alarms.nextAtMs();
    if (this.#stopped || this.#speed === 0 || atMs === Number.POSITIVE_INFINITY) return;
    const delayMs = Math.min(longestTimerMs, Math.max(0, Math.ceil((atMs - this.nowMs()) / this.#speed)));
    this.#timer = setTimeout(() => {
      this.#ringDue();
      this.#arm();
    }, delayMs);
  }
}

/** Waits for some virtual time. */
export function waitFor(clock: VirtualClock, ms: number): Promise<void> {
  if (ms <= 0) return Promise.resolve();
  return new Promise((resolve) => void clock.alarm(clock.nowMs() + ms, resolve));
}
