import type { CloudApi, CloudRefusal, CloudVSwitch } from '@terway/cloud';
import type { VSwitchSupply } from '@terway/ipam-core';
import { SingleFlight } from '@terway/runtime';
import type { VSwitchLedger } from '../store/vswitch-ledger.js';
import { cidrSize } from './cidr-size.js';
import type { Trouble } from './refusals.js';

/** The cloud's counts are asked for again after this time. */
const countsMs = 30_000;
/** Ids that the cloud did not know are asked for again after this time. */
const unknownMs = 5_000;
/** A cloud that did not tell the vSwitches of a VPC is asked again after this time, however many nodes need them. */
const failedMs = 2_000;
/** A full vSwitch is asked again after this time. */
const fullMs = 30_000;

export interface ObservedVSwitch extends VSwitchSupply {
  readonly vpcId: string;
  readonly observedAtMs: number;
}

/** What the cloud last said of the vSwitches, what calls in flight will take, and which ones it has called full. */
export class VSwitchBook {
  private readonly counts = new Map<string, { readonly vSwitch: CloudVSwitch; readonly observedAtMs: number }>();
  private readonly readAtMs = new Map<string, number>();
  private readonly failures = new Map<string, { readonly atMs: number; readonly trouble: Trouble }>();
  private readonly full = new Map<string, { readonly untilMs: number; readonly refusal: CloudRefusal }>();
  private readonly toldUnknown = new Set<string>();
  private readonly flights = new SingleFlight<string, void>();

  constructor(
    private readonly cloud: CloudApi,
    private readonly ledger: VSwitchLedger,
    private readonly clock: { readonly nowMs: () => number; readonly random01: () => number },
  ) {}

  /** The vSwitches of these ids that exist; counts are at most 30 s old unless the cloud does not answer. */
  async supply(vpcId: string, ids: readonly string[], signal: AbortSignal): Promise<VSwitchSupply[]> {
    const nowMs = this.clock.nowMs();
    const patienceMs = ids.every((id) => this.counts.has(id)) ? countsMs : unknownMs;
    const due = nowMs - (this.readAtMs.get(vpcId) ?? -Infinity) >= patienceMs;
    if (due && nowMs - (this.failures.get(vpcId)?.atMs ?? -Infinity) >= failedMs) await this.read(vpcId, signal);
    const reserved = await this.ledger.reserved(ids, nowMs);
    return ids.flatMap((id) => this.entry(id, reserved) ?? []);
  }

  /** Those of the ids that the cloud does not know; each is told once. */
  newlyUnknown(ids: readonly string[]): string[] {
    const unknown = ids.filter((id) => !this.counts.has(id) && !this.toldUnknown.has(id));
    for (const id of unknown) this.toldUnknown.add(id);
    return unknown;
  }

  /** What the cloud last counted; asks nobody. */
  counted(): CloudVSwitch[] {
    return [...this.counts.values()].map(({ vSwitch }) => vSwitch);
  }

  /** All that is known, for on-call; asks nobody but the ledger. */
  async list(): Promise<ObservedVSwitch[]> {
    const ids = [...this.counts.keys()];
    const reserved = await this.ledger.reserved(ids, this.clock.nowMs());
    return ids.flatMap((id) => this.entry(id, reserved) ?? []);
  }

  /** False until the cloud has told the vSwitches of the VPC for the first time. */
  hasSeen(vpcId: string): boolean {
    return this.readAtMs.has(vpcId);
  }

  /** What the cloud last said instead of telling the vSwitches of the VPC. */
  lastTrouble(vpcId: string): Trouble | undefined {
    return this.failures.get(vpcId)?.trouble;
  }

  /** CIDR of a vSwitch that has been seen; empty when it has not. */
  cidrOf(vSwitchId: string): string {
    return this.counts.get(vSwitchId)?.vSwitch.cidr ?? '';
  }

  /** The cloud refused for lack of addresses: nothing is asked of the vSwitch for a while. */
  markFull(vSwitchId: string, refusal: CloudRefusal): void {
    const untilMs = this.clock.nowMs() + Math.round(fullMs * (1 + 0.2 * this.clock.random01()));
    this.full.set(vSwitchId, { untilMs, refusal });
  }

  /** How many vSwitches are left alone now. */
  fullCount(): number {
    const nowMs = this.clock.nowMs();
    return [...this.full.values()].filter(({ untilMs }) => untilMs > nowMs).length;
  }

  /** What the cloud said when it last called one of these full. */
  fullRefusal(
    vSwitchIds: readonly string[],
  ): { readonly vSwitchId: string; readonly refusal: CloudRefusal } | undefined {
    for (const vSwitchId of vSwitchIds) {
      const entry = this.full.get(vSwitchId);
      if (entry !== undefined) return { vSwitchId, refusal: entry.refusal };
    }
    return undefined;
  }

  private entry(id: string, reserved: ReadonlyMap<string, number>): ObservedVSwitch | undefined {
    const known = this.counts.get(id);
    if (known === undefined) return undefined;
    const { vSwitch, observedAtMs } = known;
    return {
      vSwitchId: id,
      vpcId: vSwitch.vpcId,
      zoneId: vSwitch.zoneId,
      cidr: vSwitch.cidr,
      size: cidrSize(vSwitch.cidr),
      free: vSwitch.freeAddresses,
      reserved: reserved.get(id) ?? 0,
      fullUntilMs: this.full.get(id)?.untilMs ?? 0,
      observedAtMs,
    };
  }

  private read(vpcId: string, signal: AbortSignal): Promise<void> {
    return this.flights.run(vpcId, async () => {
      const beganAtMs = this.clock.nowMs();
      const outcome = await this.cloud.listVSwitches(vpcId, signal);
      if (outcome.kind !== 'done') {
        this.failures.set(vpcId, { atMs: this.clock.nowMs(), trouble: outcome });
        return;
      }
      this.readAtMs.set(vpcId, beganAtMs);
      for (const vSwitch of outcome.value) this.counts.set(vSwitch.vSwitchId, { vSwitch, observedAtMs: beganAtMs });
    });
  }
}
