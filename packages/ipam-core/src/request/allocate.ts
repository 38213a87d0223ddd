import { inState, type Address } from '../address.js';
import type { AllocateCommand, AllocateReply, Refusal } from '../command.js';
import type { Draft } from '../draft.js';
import { refuseAgent, refuseGrant } from '../fence.js';
import { demandKey, sameOwner } from '../owner.js';
import { grantOf, usableAddresses } from '../usable.js';

/**
 * The address that this owner holds, else the one idle longest, else a place among those who wait. Who waits longer
 * comes first: an address is granted only if one is left for each of them. A call that arrives after its own deadline
 * changes nothing, so that a tombstone need not be kept for ever.
 */
export function allocate(draft: Draft, command: AllocateCommand, nowMs: number): AllocateReply | Refusal {
  const refusal = refuseAgent(draft, command.fence, nowMs) ?? refuseGrant(draft, nowMs);
  if (refusal !== undefined) return refusal;
  if (draft.tombstones.has(command.allocationId)) {
    return { reason: 'allocation-released', message: `allocation ${command.allocationId} was released before it came` };
  }
  if (command.untilMs <= nowMs) return { reason: 'pool-exhausted', message: 'the deadline of the caller has passed' };
  dropExpiredDemand(draft, nowMs);
  const key = demandKey(command.owner, command.pod);
  const held = heldBy(draft, command);
  if (held !== undefined) return renewHolder(draft, held, command, nowMs);

  const mine = draft.demand.get(key);
  const longer = [...draft.demand].filter(([other, { sinceMs }]) => {
    if (other === key) return false;
    return mine === undefined || sinceMs < mine.sinceMs || (sinceMs === mine.sinceMs && other < key);
  });
  const usable = usableAddresses(draft, nowMs);
  const chosen = usable.length > longer.length ? usable[0] : undefined;
  if (chosen === undefined) {
    const { pod, allocationId, untilMs } = command;
    draft.demand.set(key, { pod, allocationId, sinceMs: mine?.sinceMs ?? nowMs, untilMs });
    return { kind: 'waiting', obstacle: draft.obstacle };
  }
  draft.demand.delete(key);
  return bind(draft, chosen, command, nowMs);
}

export function dropExpiredDemand(draft: Draft, nowMs: number): void {
  for (const [key, { untilMs }] of draft.demand) if (untilMs <= nowMs) draft.demand.delete(key);
}

function heldBy(draft: Draft, { owner }: AllocateCommand): Address | undefined {
  return [...draft.addresses.values()].find(
    ({ state }) => state.kind === 'bound' && sameOwner(state.holder.owner, owner),
  );
}

function renewHolder(draft: Draft, held: Address, command: AllocateCommand, nowMs: number): AllocateReply | Refusal {
  draft.demand.delete(demandKey(command.owner, command.pod));
  const same = held.state.kind === 'bound' && held.state.holder.allocationId === command.allocationId;
  if (!same) return bind(draft, held, command, nowMs);
  return answer(draft, held);
}

function bind(draft: Draft, address: Address, command: AllocateCommand, nowMs: number): AllocateReply | Refusal {
  const { owner, allocationId, pod } = command;
  const bound = inState(address, { kind: 'bound', holder: { owner, allocationId, pod } }, nowMs);
  draft.addresses.set(address.ip, bound);
  draft.agent = { ...draft.agent, seq: draft.agent.seq + 1 };
  return answer(draft, bound);
}

function answer(draft: Draft, address: Address): AllocateReply | Refusal {
  const grant = grantOf(draft, address);
  if (grant !== undefined) return { kind: 'granted', grant, agentSeq: draft.agent.seq };
  return { reason: 'node-recovering', message: `no listing has shown yet on which ENI ${address.ip} is` };
}
