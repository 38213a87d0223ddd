import { outcomeOf } from './alibaba-errors.js';
import type {
  AssignAddresses,
  CloudApi,
  CloudEni,
  CloudInstance,
  CloudInstanceType,
  CloudVSwitch,
  CreateEni,
  EniFilter,
  EniOnInstance,
  UnassignAddresses,
} from './cloud-api.js';
import * as effects from './memory-cloud-effects.js';
import * as rules from './memory-cloud-rules.js';
import { freeCount, hostCount, type MemoryCloudState, type MemoryVSwitch, removeEni } from './memory-cloud-state.js';
import { MemoryTokens } from './memory-tokens.js';
import type { Outcome } from './outcome.js';

export interface MemoryCloudOptions {
  /** Unix milliseconds. What takes time in the cloud happens as this clock goes on. */
  readonly nowMs: () => number;
  readonly vSwitches: readonly MemoryVSwitch[];
  readonly securityGroupIds: readonly string[];
  /** Each comes with its primary ENI. */
  readonly instances: readonly CloudInstance[];
  readonly instanceTypes: readonly CloudInstanceType[];
  /** ENIs that the account may have, primary ones included; default 1,000. */
  readonly eniQuota?: number;
  readonly durations?: Partial<CloudDurations>;
}

/** Milliseconds from the answer to the end of what was asked for. */
export interface CloudDurations {
  readonly attachMs: number;
  readonly detachMs: number;
  readonly deleteMs: number;
}

/** What happens to one call. */
export type MemoryFault =
  /** The call does nothing and is answered so. */
  | { readonly kind: 'answer'; readonly outcome: Outcome<never> }
  /** No answer, and nothing was done. */
  | { readonly kind: 'lost-call' }
  /** No answer, but all was done. */
  | { readonly kind: 'lost-answer' }
  /** An attachment that the cloud accepts and gives up: the ENI is available again when the time is over. */
  | { readonly kind: 'falls-back' };

interface Attempt<T> {
  readonly check: () => rules.Complaint | undefined;
  /** Of actions that take a client token. */
  readonly repeats?: CreateEni | AssignAddresses;
  readonly effect: (nowMs: number, fault: MemoryFault | undefined) => T;
}

/**
 * The cloud in memory, for tests: it keeps state, refuses what the real one refuses, and takes the time of a given
 * clock. Ids and addresses come in order. Tests may make single calls fail, and change the cloud behind our back.
 */
export class MemoryCloud implements CloudApi {
  private readonly state: MemoryCloudState;
  private readonly durations: CloudDurations;
  private readonly tokens = new MemoryTokens();
  private readonly faults: { readonly action: keyof CloudApi; readonly fault: MemoryFault }[] = [];
  private readonly nowMs: () => number;
  private requests = 0;

  constructor(options: MemoryCloudOptions) {
    this.nowMs = options.nowMs;
    this.durations = { attachMs: 4_000, detachMs: 3_000, deleteMs: 1_500, ...options.durations };
    this.state = {
      vSwitches: new Map(),
      securityGroupIds: new Set(options.securityGroupIds),
      instances: new Map(),
      instanceTypes: new Map(options.instanceTypes.map((type) => [type.instanceType, type])),
      enis: new Map(),
      eniQuota: options.eniQuota ?? 1_000,
      serial: 0,
    };
    for (const vSwitch of options.vSwitches) this.addVSwitch(vSwitch);
    for (const instance of options.instances) this.addInstance(instance);
  }

  addVSwitch(vSwitch: MemoryVSwitch): void {
    this.state.vSwitches.set(vSwitch.vSwitchId, { ...vSwitch, used: new Set(), foreign: 0 });
  }

  addInstance(instance: CloudInstance): void {
    this.state.instances.set(instance.instanceId, instance);
    effects.addPrimaryEni(this.state, instance, this.nowMs());
  }

  /** The next call of `action` goes wrong so; faults of one action strike in the order in which they were given. */
  failNext(action: keyof CloudApi, fault: MemoryFault): void {
    this.faults.push({ action, fault });
  }

  /** Others take or give back addresses of the vSwitch until `free` are left. */
  setFreeAddresses(vSwitchId: string, free: number): void {
    const vSwitch = this.state.vSwitches.get(vSwitchId);
    if (vSwitch !== undefined) vSwitch.foreign = hostCount(vSwitch.cidr) - vSwitch.used.size - free;
  }

  /** Somebody else deletes the ENI, whatever its state. */
  removeEni(eniId: string): void {
    removeEni(this.state, eniId);
  }

  /** Somebody else takes the address away from the ENI. */
  removeAddress(eniId: string, ip: string): void {
    effects.unassignAddresses(this.state, eniId, [ip]);
  }

  createEni(call: CreateEni, signal: AbortSignal): Promise<Outcome<CloudEni>> {
    return this.attempt('createEni', signal, {
      check: () => rules.createComplaint(this.state, call),
      repeats: call,
      effect: (nowMs) => effects.createEni(this.state, call, nowMs),
    });
  }

  attachEni(call: EniOnInstance, signal: AbortSignal): Promise<Outcome<void>> {
    return this.attempt('attachEni', signal, {
      check: () => rules.attachComplaint(this.state, call),
      effect: (nowMs, fault) => {
        const to = fault?.kind === 'falls-back' ? 'Available' : 'InUse';
        effects.attachEni(this.state, call, { to, atMs: nowMs + this.durations.attachMs });
      },
    });
  }

  detachEni(call: EniOnInstance, signal: AbortSignal): Promise<Outcome<void>> {
    return this.attempt('detachEni', signal, {
      check: () => rules.detachComplaint(this.state, call),
      effect: (nowMs) => effects.detachEni(this.state, call.eniId, nowMs + this.durations.detachMs),
    });
  }

  deleteEni(call: { readonly eniId: string }, signal: AbortSignal): Promise<Outcome<void>> {
    return this.attempt('deleteEni', signal, {
      check: () => rules.deleteComplaint(this.state, call.eniId),
      effect: (nowMs) => effects.deleteEni(this.state, call.eniId, nowMs + this.durations.deleteMs),
    });
  }

  assignAddresses(call: AssignAddresses, signal: AbortSignal): Promise<Outcome<readonly string[]>> {
    return this.attempt('assignAddresses', signal, {
      check: () => rules.assignComplaint(this.state, call),
      repeats: call,
      effect: () => effects.assignAddresses(this.state, call),
    });
  }

  unassignAddresses(call: UnassignAddresses, signal: AbortSignal): Promise<Outcome<void>> {
    return this.attempt('unassignAddresses', signal, {
      check: () => rules.unassignComplaint(this.state, call),
      effect: () => effects.unassignAddresses(this.state, call.eniId, call.ips),
    });
  }

  listEnis(filter: EniFilter, signal: AbortSignal): Promise<Outcome<readonly CloudEni[]>> {
    return this.attempt('listEnis', signal, {
      check: () => undefined,
      effect: () => [...this.state.enis.values()].map(({ eni }) => eni).filter((eni) => matches(eni, filter)),
    });
  }

  listInstances(instanceIds: readonly string[], signal: AbortSignal): Promise<Outcome<readonly CloudInstance[]>> {
    return this.attempt('listInstances', signal, {
      check: () => rules.idsComplaint(instanceIds, 100),
      effect: () => [...this.state.instances.values()].filter(({ instanceId }) => instanceIds.includes(instanceId)),
    });
  }

  listInstanceTypes(types: readonly string[], signal: AbortSignal): Promise<Outcome<readonly CloudInstanceType[]>> {
    return this.attempt('listInstanceTypes', signal, {
      check: () => rules.idsComplaint(types, 10),
      effect: () => [...this.state.instanceTypes.values()].filter(({ instanceType }) => types.includes(instanceType)),
    });
  }

  listVSwitches(vpcId: string, signal: AbortSignal): Promise<Outcome<readonly CloudVSwitch[]>> {
    return this.attempt('listVSwitches', signal, {
      check: () => undefined,
      effect: () =>
        [...this.state.vSwitches.values()]
          .filter((vSwitch) => vSwitch.vpcId === vpcId)
          .map((vSwitch) => ({
            vSwitchId: vSwitch.vSwitchId,
            vpcId,
            zoneId: vSwitch.zoneId,
            cidr: vSwitch.cidr,
            freeAddresses: freeCount(vSwitch),
          })),
    });
  }

  /** The order of the real cloud: what went before, then the token, then the rules, then the deed. */
  private async attempt<T>(action: keyof CloudApi, signal: AbortSignal, attempt: Attempt<T>): Promise<Outcome<T>> {
    await Promise.resolve();
    if (signal.aborted) return { kind: 'unknown', cause: `${action}: the caller has left` };
    const nowMs = this.nowMs();
    effects.settle(this.state, nowMs);
    const requestId = `R-${(this.requests += 1)}`;

    const fault = this.takeFault(action);
    if (fault?.kind === 'answer') return fault.outcome;
    if (fault?.kind === 'lost-call') return { kind: 'unknown', cause: `${action}: the call was lost` };

    const { repeats } = attempt;
    const before = repeats === undefined ? 'new' : this.tokens.lookUp<T>(action, repeats, nowMs);
    if (before === 'mismatch') {
      const message = 'the token was used with other parameters';
      return outcomeOf({ status: 400, code: 'IdempotentParameterMismatch', message, requestId });
    }
    if (before !== 'new') return { kind: 'done', value: before.value, requestId };

    const complaint = attempt.check();
    if (complaint !== undefined) return outcomeOf({ ...complaint, requestId });
    const value = attempt.effect(nowMs, fault);
    if (repeats !== undefined) this.tokens.keep(action, repeats, value, nowMs);
    if (fault?.kind === 'lost-answer') return { kind: 'unknown', cause: `${action}: the answer was lost` };
    return { kind: 'done', value, requestId };
  }

  private takeFault(action: keyof CloudApi): MemoryFault | undefined {
    const at = this.faults.findIndex((planned) => planned.action === action);
    return at < 0 ? undefined : this.faults.splice(at, 1)[0]?.fault;
  }
}

function matches(eni: CloudEni, { eniIds, instanceId, status, tags = {} }: EniFilter): boolean {
  return (
    (eniIds === undefined || eniIds.includes(eni.eniId)) &&
    (instanceId === undefined || eni.instanceId === instanceId) &&
    (status === undefined || eni.status === status) &&
    Object.entries(tags).every(([key, value]) => eni.tags[key] === value)
  );
}
