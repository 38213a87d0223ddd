import { randomUUID } from 'node:crypto';
import type { ListedEni } from '@terway/ipam-core';
import { silentLogger } from '@terway/runtime';
import { AddressLedger } from './address-ledger.js';
import { attachPod } from './attach-pod.js';
import type { Clock } from './clock.js';
import { detachPod } from './detach-pod.js';
import { reconcileDrift } from './drift-reconciler.js';
import { IpamSession } from './ipam-session.js';
import { type AttachedEntry, isAttached, isReleasing, type Journal, type JournalEntry } from './journal/journal.js';
import { MemoryJournal } from './journal/memory-journal.js';
import { KeyedLock } from './keyed-lock.js';
import { LeaseKeeper } from './lease-keeper.js';
import { MemoryDatapath } from './memory-datapath.js';
import { MemoryIpam } from './memory-ipam.js';
import type { PodWish } from './plan-attachment.js';
import { ReleaseSpool } from './release-spool.js';
import { SandboxTurns } from './sandbox-turns.js';
import { statementSource } from './statement.js';

/** Real time, and more of it at once when a test says so. */
export class MemoryClock implements Clock {
  bootId = 'boot-1';
  private offsetMs = 0;

  nowMs = (): number => Date.now() + this.offsetMs;
  monotonicMs = (): number => performance.now() + this.offsetMs;

  advance(ms: number): void {
    this.offsetMs += ms;
  }
}

export const eniMac = '00:16:3e:00:00:01';

export interface MemoryNode {
  readonly clock: MemoryClock;
  readonly ipam: MemoryIpam;
  readonly datapath: MemoryDatapath;
  readonly journal: MemoryJournal;
}

/** A node with one ENI of so many addresses, its agent not started yet. Everything outlives the agent. */
export function memoryNode(addresses: number): MemoryNode {
  const clock = new MemoryClock();
  const ips = Array.from({ length: addresses }, (_, index) => `10.0.0.${index + 10}`);
  const fixed = { eniId: 'eni-1', mac: eniMac, vSwitchId: 'vsw-1', zoneId: 'zone-a', cidr: '10.0.0.0/24' };
  const eni: ListedEni = { ...fixed, status: 'in-use', primaryIp: ips[0] ?? '', ips };
  return {
    clock,
    ipam: new MemoryIpam([eni], clock.nowMs),
    datapath: new MemoryDatapath([{ ifName: 'eth1', ifIndex: 3, mac: eniMac }]),
    journal: new MemoryJournal(randomUUID()),
  };
}

export type MemoryAgent = ReturnType<typeof memoryAgent>;

/** For tests: an agent without sockets. A second one on the same node is the first one restarted. */
export function memoryAgent({ clock, ipam, datapath, journal }: MemoryNode, cooldownMs = 60_000) {
  const ledger = new AddressLedger(journal, clock, cooldownMs);
  const session = new IpamSession(
    { instanceId: 'i-1', nodeName: 'node-1', openDeadlineMs: 1_000, pauseMs: 0 },
    {
      ...{ client: ipam, journal, ledger, log: silentLogger, monotonicMs: clock.monotonicMs },
      statement: statementSource({ journal, ledger, datapath }),
    },
  );
  const spool = new ReleaseSpool({ session, journal, ledger }, 1_000);
  const keeper = new LeaseKeeper(
    { session, ledger, spool, datapath, log: silentLogger },
    { renewMs: 3_600_000, deadlineMs: 1_000, retryMs: 3_600_000 },
  );
  const parts = {
    ...{ journal, ledger, session, spool, datapath, clock, log: silentLogger },
    turns: new SandboxTurns(),
    links: new KeyedLock(),
    node: () => ({ hostIp: '10.0.9.1', mtu: 1_500, extraRoutes: [] }),
    agentSeq: () => session.agentSeq,
    newId: randomUUID,
  };
  const never = new AbortController().signal;
  return {
    ...{ ledger, session, spool, keeper, parts },
    add: (wish: PodWish, signal: AbortSignal = never, allocateMs = 60): Promise<AttachedEntry> => {
      datapath.sandboxes.add(wish.netns);
      return attachPod(wish, parts, { signal, allocateMs });
    },
    del: (wish: PodWish): Promise<void> => detachPod(wish.owner, parts),
    reconcile: (): Promise<void> => reconcileDrift(parts, never),
  };
}

/** A pod in a sandbox of its own. */
export function podWish(name: string, sandboxId = `sandbox-of-${name}`): PodWish {
  return {
    owner: { network: 'terway', sandboxId, interfaceName: 'eth0' },
    pod: { namespace: 'default', name, uid: `uid-of-${name}` },
    netns: `/run/netns/${sandboxId}`,
  };
}

/** Addresses that the centre says are bound, by sandbox. */
export function leasesOf({ ipam }: MemoryNode): ReadonlyMap<string, string> {
  const addresses = [...(ipam.record?.addresses.values() ?? [])];
  return new Map(
    addresses.flatMap(({ ip, state }) => (state.kind === 'bound' ? [[state.holder.owner.sandboxId, ip] as const] : [])),
  );
}

/** State that the centre has an address in; `absent` when it has none. */
export function stateOf({ ipam }: MemoryNode, ip: string): string {
  return ipam.record?.addresses.get(ip)?.state.kind ?? 'absent';
}

/** Addresses that the journal says are attached, by sandbox. */
export function attachedOf(journal: Pick<Journal, 'entries'>): ReadonlyMap<string, string> {
  return new Map(
    journal
      .entries()
      .filter(isAttached)
      .map(({ owner, address }) => [owner.sandboxId, address.ip]),
  );
}

export function heldEntries(journal: Pick<Journal, 'entries'>): readonly JournalEntry[] {
  return journal.entries().filter((entry) => !isReleasing(entry));
}

/** Lets other work go on until something holds. @throws Error when it does not within 5 s */
export async function until(holds: () => boolean): Promise<void> {
  const untilMs = performance.now() + 5_000;
  while (!holds()) {
    if (performance.now() > untilMs) throw new Error(`${holds.toString()}: expected to hold within 5 s`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
