/** A vSwitch of one zone as the balancer sees it. */
export interface VSwitchSupply {
  readonly vSwitchId: string;
  readonly zoneId: string;
  readonly cidr: string;
  /** Addresses of the vSwitch in all. */
  readonly size: number;
  /** Free as the cloud last counted. */
  readonly free: number;
  /** Addresses that calls in flight will take: the cloud's number is old when it is read. */
  readonly reserved: number;
  /** The cloud refused: nothing is asked of it before this time. */
  readonly fullUntilMs: number;
}

/**
 * How a vSwitch is chosen for a new ENI. `ordered` and `random` are upstream's words in `eni_conf` and mean there what
 * upstream makes of them: most free first, and any. `balanced` is the default.
 */
export type VSwitchPolicy = 'balanced' | 'ordered' | 'random' | 'most';

export function freeAddresses(vSwitch: VSwitchSupply): number {
  return Math.max(0, vSwitch.free - vSwitch.reserved);
}

/** Those that can take this many addresses now. */
export function openVSwitches(vSwitches: readonly VSwitchSupply[], addresses: number, nowMs: number): VSwitchSupply[] {
  return vSwitches.filter((vSwitch) => vSwitch.fullUntilMs <= nowMs && freeAddresses(vSwitch) >= addresses);
}

/**
 * One of the candidates, or undefined when there is none. `random01` is in [0, 1): `balanced` draws by free share, so
 * that many nodes that ask at once do not all take the same vSwitch.
 */
export function chooseVSwitch(
  candidates: readonly VSwitchSupply[],
  policy: VSwitchPolicy,
  random01: number,
): VSwitchSupply | undefined {
  switch (policy) {
    case 'random':
      return candidates[Math.floor(random01 * candidates.length)];
    case 'ordered':
    case 'most':
      return [...candidates].sort((a, b) => freeAddresses(b) - freeAddresses(a))[0];
    case 'balanced':
      return drawByShare(candidates, random01);
  }
}

function drawByShare(candidates: readonly VSwitchSupply[], random01: number): VSwitchSupply | undefined {
  const shares = candidates.map((vSwitch) => freeAddresses(vSwitch) / Math.max(1, vSwitch.size));
  let left = random01 * shares.reduce((sum, share) => sum + share, 0);
  for (const [i, share] of shares.entries()) {
    left -= share;
    if (left < 0) return candidates[i];
  }
  return candidates.at(-1);
}
