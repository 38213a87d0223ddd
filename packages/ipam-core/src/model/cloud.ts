/** A cloud that is late, forgetful in its answers, and carries out what was sent to it within the bound, once or twice. */
export interface ModelEni {
  readonly eniId: string;
  readonly mac: string;
  readonly primaryIp: string;
  readonly token: string;
  ips: string[];
  /** Empty while not attached. */
  node: string;
}

export type Call =
  | { readonly kind: 'create'; readonly secondaries: number; readonly token: string }
  | { readonly kind: 'attach'; readonly eniId: string }
  | { readonly kind: 'assign'; readonly eniId: string; readonly count: number; readonly token: string }
  | { readonly kind: 'unassign'; readonly eniId: string; readonly ips: readonly string[] }
  | { readonly kind: 'detach'; readonly eniId: string }
  | { readonly kind: 'delete'; readonly eniId: string };

export interface SentCall {
  readonly node: string;
  readonly intentId: string;
  readonly call: Call;
  readonly sentAtMs: number;
}

export interface ModelCloud {
  readonly enis: Map<string, ModelEni>;
  readonly free: string[];
  readonly inFlight: SentCall[];
  /** Token -> the answer it had. */
  readonly answers: Map<string, { readonly eniId?: string; readonly ips: readonly string[] }>;
  made: number;
}

export const vSwitch = { vSwitchId: 'vsw-1', zoneId: 'zone-1', cidr: '10.0.0.0/24' };

export function newCloud(addresses: number): ModelCloud {
  const free = Array.from({ length: addresses }, (_, i) => `10.0.0.${i + 1}`);
  return { enis: new Map(), free, inFlight: [], answers: new Map(), made: 0 };
}

export interface Executed {
  readonly ok: boolean;
  readonly eni?: ModelEni;
  readonly ips?: readonly string[];
}

/** What the cloud does with a call, and what it would answer. `pick` draws one of n. */
export function execute(cloud: ModelCloud, { node, call }: SentCall, pick: (n: number) => number): Executed {
  const take = (count: number): string[] =>
    Array.from({ length: count }, () => cloud.free.splice(pick(cloud.free.length), 1)[0] ?? '');
  switch (call.kind) {
    case 'create': {
      const before = cloud.answers.get(call.token);
      const known = before?.eniId === undefined ? undefined : cloud.enis.get(before.eniId);
      if (before !== undefined) return known === undefined ? { ok: false } : { ok: true, eni: known, ips: before.ips };
      if (cloud.free.length < 1 + call.secondaries) return { ok: false };
      cloud.made += 1;
      const ips = take(1 + call.secondaries);
      const eniId = `eni-${cloud.made}`;
      const eni = { eniId, mac: `mac-${cloud.made}`, primaryIp: ips[0] ?? '', token: call.token, ips, node: '' };
      cloud.enis.set(eniId, eni);
      cloud.answers.set(call.token, { eniId, ips: [...ips] });
      return { ok: true, eni, ips: [...ips] };
    }
    case 'attach': {
      const eni = cloud.enis.get(call.eniId);
      if (eni === undefined || (eni.node !== '' && eni.node !== node)) return { ok: false };
      eni.node = node;
      return { ok: true };
    }
    case 'assign': {
      const before = cloud.answers.get(call.token);
      if (before !== undefined) return { ok: true, ips: before.ips };
      const eni = cloud.enis.get(call.eniId);
      if (eni === undefined || cloud.free.length < call.count) return { ok: false };
      const ips = take(call.count);
      eni.ips.push(...ips);
      cloud.answers.set(call.token, { ips });
      return { ok: true, ips };
    }
    case 'unassign': {
      const eni = cloud.enis.get(call.eniId);
      if (eni === undefined || call.ips.some((ip) => !eni.ips.includes(ip))) return { ok: false };
      eni.ips = eni.ips.filter((ip) => !call.ips.includes(ip));
      cloud.free.push(...call.ips);
      return { ok: true };
    }
    case 'detach': {
      const eni = cloud.enis.get(call.eniId);
      if (eni === undefined || eni.node !== node) return { ok: false };
      eni.node = '';
      return { ok: true };
    }
    case 'delete': {
      const eni = cloud.enis.get(call.eniId);
      if (eni === undefined || eni.node !== '') return { ok: false };
      cloud.enis.delete(call.eniId);
      cloud.free.push(...eni.ips);
      return { ok: true };
    }
  }
}

export function assignedTo(cloud: ModelCloud, node: string, ip: string): boolean {
  return [...cloud.enis.values()].some((eni) => eni.node === node && eni.ips.includes(ip));
}
