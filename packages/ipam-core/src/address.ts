import type { Owner, Pod } from './owner.js';

/** Who an address is bound to, and by which attempt. */
export interface Holder {
  readonly owner: Owner;
  readonly allocationId: string;
  readonly pod: Pod;
}

export type QuarantineCause = 'unknown-owner' | 'address-in-use' | 'node-silent';

/**
 * The life of an address on its node, as docs/lease-protocol.md section 2 draws it.
 *
 * - `assigning`: the cloud gave it, but its ENI is not ready (attached, and seen by the agent). Never granted so far.
 * - `cooling`: rests until `untilMs` and until the agent has renewed after `releasedAtMs`; not counted as free.
 * - `quarantined`: wired or once wired, and nobody can say for whom. Freed by the agent's statement only.
 * - `departing`: the agent is asked to let it go. `unassigning`: the agent has agreed, it never comes back from here.
 * - `held`: a call that takes it away may still execute. A listing that begins after `untilMs` decides what is true;
 *   `acknowledged` says whether it should leave all the same if it is still there.
 */
export type AddressState =
  | { readonly kind: 'assigning' }
  | { readonly kind: 'idle' }
  | { readonly kind: 'bound'; readonly holder: Holder }
  | { readonly kind: 'cooling'; readonly releasedAtMs: number; readonly untilMs: number }
  | { readonly kind: 'quarantined'; readonly cause: QuarantineCause; readonly holder?: Holder }
  | { readonly kind: 'departing' }
  | { readonly kind: 'unassigning' }
  | { readonly kind: 'held'; readonly untilMs: number; readonly acknowledged: boolean };

export interface Address {
  readonly ip: string;
  /** Empty while no listing has told on which ENI the address is. */
  readonly eniId: string;
  /** Random id of this arrival of the address on the node. */
  readonly term: string;
  /** The primary address of its ENI: leasable, and leaves only together with the ENI. */
  readonly primary: boolean;
  /** Unix ms at which the address came into its state. */
  readonly sinceMs: number;
  readonly state: AddressState;
}

/** True when the address leaves with its agent's consent: it is not wired, and will not be. */
export function hasConsent({ state }: Address): boolean {
  return state.kind === 'unassigning' || (state.kind === 'held' && state.acknowledged);
}

export type AddressKind = AddressState['kind'];

export function inState(address: Address, state: AddressState, nowMs: number): Address {
  return { ...address, state, sinceMs: nowMs };
}
