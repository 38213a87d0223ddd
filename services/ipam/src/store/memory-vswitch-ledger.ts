import type { Reservation, VSwitchLedger } from './vswitch-ledger.js';

/** The ledger of a service that is the only one of its cluster. */
export class MemoryVSwitchLedger implements VSwitchLedger {
  private readonly reservations = new Map<string, Map<string, Reservation>>();

  async reserve(reservation: Reservation): Promise<void> {
    const { vSwitchId, intentId } = reservation;
    const ofVSwitch = this.reservations.get(vSwitchId) ?? new Map<string, Reservation>();
    ofVSwitch.set(intentId, reservation);
    this.reservations.set(vSwitchId, ofVSwitch);
  }

  async drop(vSwitchId: string, intentId: string): Promise<void> {
    this.reservations.get(vSwitchId)?.delete(intentId);
  }

  async reserved(vSwitchIds: readonly string[], nowMs: number): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const id of new Set(vSwitchIds)) {
      const ofVSwitch = this.reservations.get(id) ?? new Map<string, Reservation>();
      let sum = 0;
      for (const { intentId, count, expiresAtMs } of ofVSwitch.values()) {
        if (expiresAtMs <= nowMs) ofVSwitch.delete(intentId);
        else sum += count;
      }
      if (sum > 0) counts.set(id, sum);
    }
    return counts;
  }
}
