/** Addresses of one vSwitch that a call in flight will take. */
export interface Reservation {
  readonly vSwitchId: string;
  readonly intentId: string;
  readonly count: number;
  /** Unix ms; ignored from then on. */
  readonly expiresAtMs: number;
}

/**
 * What calls in flight will take of each vSwitch, shared by all replicas. Advisory: losing it costs a refusal of the
 * cloud, never correctness (docs/lease-protocol.md section 6).
 */
export interface VSwitchLedger {
  /** Writes the reservation of an intent; one that is there already is replaced. */
  reserve(reservation: Reservation): Promise<void>;
  drop(vSwitchId: string, intentId: string): Promise<void>;
  /** Reserved addresses by vSwitch; those with none are missing. */
  reserved(vSwitchIds: readonly string[], nowMs: number): Promise<ReadonlyMap<string, number>>;
}
