import type { CloudApi } from './cloud-api.js';
import type { Outcome } from './outcome.js';

/** What became of one call to the port. */
export interface CloudCall {
  readonly action: keyof CloudApi;
  readonly outcome: Outcome<unknown>['kind'];
  /** Why it was refused; empty otherwise. */
  readonly reason: string;
  readonly durationMs: number;
}

/** Told of each call when it has ended. */
export interface CloudObserver {
  called(call: CloudCall): void;
}

/**
 * The same port, with every call reported to `observer`. Durations come from a clock that never goes back, such as
 * `performance.now`, so that a corrected wall clock does not show in them.
 */
export function observedCloud(cloud: CloudApi, observer: CloudObserver, monotonicMs: () => number): CloudApi {
  const observed =
    <C, T>(action: keyof CloudApi, call: (what: C, signal: AbortSignal) => Promise<Outcome<T>>) =>
    async (what: C, signal: AbortSignal): Promise<Outcome<T>> => {
      const startedMs = monotonicMs();
      const outcome = await call(what, signal);
      const reason = outcome.kind === 'refused' ? outcome.reason : '';
      observer.called({ action, outcome: outcome.kind, reason, durationMs: monotonicMs() - startedMs });
      return outcome;
    };
  return {
    createEni: observed('createEni', (call, signal) => cloud.createEni(call, signal)),
    attachEni: observed('attachEni', (call, signal) => cloud.attachEni(call, signal)),
    detachEni: observed('detachEni', (call, signal) => cloud.detachEni(call, signal)),
    deleteEni: observed('deleteEni', (call, signal) => cloud.deleteEni(call, signal)),
    assignAddresses: observed('assignAddresses', (call, signal) => cloud.assignAddresses(call, signal)),
    unassignAddresses: observed('unassignAddresses', (call, signal) => cloud.unassignAddresses(call, signal)),
    listEnis: observed('listEnis', (filter, signal) => cloud.listEnis(filter, signal)),
    listInstances: observed('listInstances', (ids, signal) => cloud.listInstances(ids, signal)),
    listInstanceTypes: observed('listInstanceTypes', (types, signal) => cloud.listInstanceTypes(types, signal)),
    listVSwitches: observed('listVSwitches', (vpcId, signal) => cloud.listVSwitches(vpcId, signal)),
  };
}
