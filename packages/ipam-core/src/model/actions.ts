import { acknowledge, fenceOf, loseJournal, podOf, restart, takeRefusal, takeView, tryWire, wiredOf } from './agent.js';
import type { ModelAgent, Sandbox } from './agent.js';
import { beginListing, carryOut, claim, commitListing, drive, plan, settleNext } from './replica.js';
import type { ModelReplica } from './replica.js';
import { apply, fresh, modelTimes, type Answer, type Message, type World } from './world.js';

/** Something that can happen next; `weight` says how often it is drawn beside the others. */
export interface Action {
  readonly name: string;
  readonly weight: number;
  readonly run: () => void;
}

/** All that can happen in this world now. */
export function actionsOf(world: World): Action[] {
  return [
    ...[1, 10, 31, 61].map((ms) => action(`time passes by ${ms}`, 24 / (ms + 5), () => pass(world, ms))),
    action('a calm moment', 1, () => calmRound(world)),
    ...[...world.agents.values()].flatMap((agent) => agentActions(world, agent)),
    ...world.messages.flatMap((message, i) => [
      action(`${message.command.kind} of ${message.node} arrives`, 12, () => arrive(world, i, false)),
      action(`${message.command.kind} of ${message.node} arrives, and will once more`, 1, () => arrive(world, i, true)),
    ]),
    ...world.answers.flatMap((answer, i) => [
      action(`answer to ${answer.message.command.kind} of ${answer.message.node}`, 12, () => hear(world, i)),
      action(`answer to ${answer.message.command.kind} is lost`, 1, () => void world.answers.splice(i, 1)),
    ]),
    ...world.replicas.flatMap((replica) => replicaActions(world, replica)),
    ...world.cloud.inFlight.flatMap((sent, i) => [
      action(`cloud does ${sent.call.kind} and answers`, 8, () => callRuns(world, i, { answered: true, again: false })),
      action(`cloud does ${sent.call.kind} silently`, 2, () => callRuns(world, i, { answered: false, again: false })),
      action(`cloud does ${sent.call.kind}, will again`, 1, () => callRuns(world, i, { answered: true, again: true })),
    ]),
    ...[...world.records.keys()].flatMap((node) => storeActions(world, node)),
  ];
}

/** Everybody does the next sensible thing once, and every message arrives: how the world makes progress. */
export function calmRound(world: World): void {
  const deliver = (): void => {
    while (world.messages.length > 0) arrive(world, 0, false);
    while (world.answers.length > 0) hear(world, 0);
  };
  for (const agent of world.agents.values()) {
    if (agent.session === '' || agent.dirty) openSession(world, agent);
    deliver();
    if (agent.session !== '' && !agent.synced) sendSync(world, agent);
    else if (agent.synced) renewNow(world, agent);
    deliver();
  }
  for (const replica of world.replicas.filter(({ token }) => token === 'r1')) {
    claim(world, replica);
    beginListing(world, replica);
    commitListing(world, replica);
    for (const intent of replica.view?.intents.values() ?? []) drive(world, replica, intent);
    plan(world, replica, 1, 2);
    while (world.cloud.inFlight.length > 0) callRuns(world, 0, { answered: true, again: false });
    while (replica.settles.length > 0) settleNext(world, replica);
  }
  pass(world, 1);
}

function action(name: string, weight: number, run: () => void): Action {
  return { name, weight, run };
}

/** No call executes later than the bound after it was signed. */
function pass(world: World, ms: number): void {
  world.nowMs += ms;
  const { inFlight } = world.cloud;
  for (let i = inFlight.length - 1; i >= 0; i--) {
    if ((inFlight[i]?.sentAtMs ?? 0) + modelTimes.boundMs <= world.nowMs) inFlight.splice(i, 1);
  }
}

function callRuns(world: World, index: number, how: { readonly answered: boolean; readonly again: boolean }): void {
  const sent = world.cloud.inFlight[index];
  if (sent === undefined) return;
  if (!how.again) world.cloud.inFlight.splice(index, 1);
  const asker = world.replicas.find(({ node, view }) => node === sent.node && view?.intents.has(sent.intentId));
  carryOut(world, sent, how.answered ? asker : undefined);
}

function storeActions(world: World, node: string): Action[] {
  const record = world.records.get(node);
  const snapshot = world.snapshots.get(node);
  return [
    action(`store of ${node} is saved`, 1, () => record && world.snapshots.set(node, record)),
    action(`store of ${node} restarts`, 0.1, () => void apply(world, node, { kind: 'suspect' })),
    action(`store of ${node} is lost`, 0.1, () => void world.records.delete(node)),
    ...(snapshot === undefined
      ? []
      : [action(`store of ${node} goes back`, 0.3, () => void world.records.set(node, snapshot))]),
  ];
}

function replicaActions(world: World, replica: ModelReplica): Action[] {
  const name = (what: string): string => `${replica.token} ${what} ${replica.node}`;
  const intents = [...(replica.view?.intents.values() ?? [])];
  return [
    action(name('claims'), 4, () => claim(world, replica)),
    action(name('begins to list'), 2, () => beginListing(world, replica)),
    ...(replica.listing ? [action(name('commits the listing of'), 4, () => commitListing(world, replica))] : []),
    ...(replica.view ? [action(name('grows'), 2, () => plan(world, replica, 1, 2))] : []),
    ...(replica.view ? [action(name('shrinks'), 2, () => plan(world, replica, 0, 0))] : []),
    ...intents.map((intent) => action(name(`drives ${intent.kind} on`), 4, () => drive(world, replica, intent))),
    ...(replica.settles.length > 0 ? [action(name('settles on'), 8, () => settleNext(world, replica))] : []),
  ];
}

function agentActions(world: World, agent: ModelAgent): Action[] {
  const { node } = agent;
  const ready = agent.synced && !agent.dirty;
  const waiting = agent.sandboxes.filter(({ wired, ip }) => !wired && ip === '');
  const offline = [...knownIdle(world, agent)];
  const sandbox = waiting[0];
  const binds =
    sandbox === undefined || agent.session === ''
      ? []
      : offline.map(([ip, term]) =>
          action(`${node} binds ${ip} offline`, 0.5, () => bindOffline(agent, sandbox, ip, term, world)),
        );
  return [
    ...(ready ? [action(`${node} renews`, 4, () => renewNow(world, agent))] : []),
    ...(ready && agent.sandboxes.length < 3 ? [action(`${node} adds a pod`, 5, () => addPod(world, agent))] : []),
    ...agent.sandboxes
      .filter(({ allocationId }) => allocationId !== '')
      .map((s) => action(`${node} deletes ${s.owner.sandboxId}`, 1, () => deletePod(world, agent, s))),
    ...agent.sandboxes
      .filter(({ allocationId }) => allocationId === '')
      .map((s) => action(`${node} clears ${s.owner.sandboxId}`, 1, () => dropSandbox(world, agent, s))),
    ...(agent.session === '' || agent.dirty ? [action(`${node} opens`, 6, () => openSession(world, agent))] : []),
    ...(agent.session !== '' && !agent.synced ? [action(`${node} syncs`, 6, () => sendSync(world, agent))] : []),
    action(`${node} restarts`, 0.1, () => restart(agent)),
    action(`${node} loses its journal`, 0.03, () => loseJournal(agent, fresh(world, `${node}-inc`))),
    ...binds,
  ];
}

function send(world: World, agent: ModelAgent, command: Message['command']): void {
  world.made += 1;
  agent.openCalls.add(world.made);
  world.messages.push({ call: world.made, node: agent.node, command });
}

function openSession(world: World, agent: ModelAgent): void {
  agent.openCalls.clear();
  agent.session = '';
  agent.synced = false;
  agent.dirty = false;
  const { session: _, ...fence } = fenceOf(agent);
  const newSession = fresh(world, 'session');
  const newGeneration = fresh(world, 'generation');
  send(world, agent, { kind: 'open', nodeId: agent.node, fence, nodeName: agent.node, newSession, newGeneration });
}

function seenMacs(world: World, agent: ModelAgent): string[] {
  return [...world.cloud.enis.values()].filter(({ node }) => node === agent.node).map(({ mac }) => mac);
}

function sendSync(world: World, agent: ModelAgent): void {
  const macOf = (ip: string): string => [...world.cloud.enis.values()].find(({ ips }) => ips.includes(ip))?.mac ?? '';
  agent.openCalls.clear();
  send(world, agent, {
    kind: 'sync',
    fence: fenceOf(agent),
    wired: wiredOf(agent, macOf),
    cooling: [...agent.released].map(([ip, atMs]) => ({ ip, remainingMs: atMs + modelTimes.cooldownMs - world.nowMs })),
    departed: [...agent.departed].map(([ip, term]) => ({ ip, term })),
    seenMacs: seenMacs(world, agent),
    journalIntact: agent.sandboxes.every(({ allocationId }) => allocationId !== ''),
    seed: fresh(world, 'term'),
  });
}

function renewNow(world: World, agent: ModelAgent): void {
  const departed = acknowledge(agent, world.agentRules);
  const seed = fresh(world, 'term');
  const macs = seenMacs(world, agent);
  send(world, agent, { kind: 'renew', fence: fenceOf(agent), journalDigest: '', departed, seenMacs: macs, seed });
}

function addPod(world: World, agent: ModelAgent): void {
  const owner = { network: 'terway', sandboxId: fresh(world, 'pod'), interfaceName: 'eth0' };
  const sandbox: Sandbox = { owner, allocationId: fresh(world, 'allocation'), ip: '', wired: false };
  agent.sandboxes.push(sandbox);
  const { allocationId } = sandbox;
  const untilMs = world.nowMs + 20;
  send(world, agent, { kind: 'allocate', fence: fenceOf(agent), owner, allocationId, pod: podOf(owner), untilMs });
}

function deletePod(world: World, agent: ModelAgent, sandbox: Sandbox): void {
  dropSandbox(world, agent, sandbox);
  const { owner, allocationId } = sandbox;
  if (!agent.synced) return;
  send(world, agent, { kind: 'release', fence: fenceOf(agent), owner, allocationId, addressInUse: false });
}

function dropSandbox(world: World, agent: ModelAgent, sandbox: Sandbox): void {
  agent.sandboxes.splice(agent.sandboxes.indexOf(sandbox), 1);
  if (sandbox.ip !== '') agent.released.set(sandbox.ip, world.nowMs);
  if (!agent.synced) agent.dirty = true;
}

/** Idle as far as the agent knows, or released here and rested; never what it has let go. */
function* knownIdle(world: World, agent: ModelAgent): Generator<[string, string]> {
  yield* agent.idle;
  for (const [ip, atMs] of agent.released) {
    if (world.nowMs - atMs >= modelTimes.cooldownMs && !agent.departed.has(ip)) yield [ip, ''];
  }
}

function bindOffline(agent: ModelAgent, sandbox: Sandbox, ip: string, term: string, world: World): void {
  if (tryWire(agent, sandbox, ip, term, world.agentRules)) agent.dirty = true;
  agent.openCalls.clear();
}

function arrive(world: World, index: number, again: boolean): void {
  const message = world.messages[index];
  if (message === undefined) return;
  if (!again) world.messages.splice(index, 1);
  world.answers.push({ message, reply: apply(world, message.node, message.command) });
}

function hear(world: World, index: number): void {
  const [answer] = world.answers.splice(index, 1);
  const agent = answer === undefined ? undefined : world.agents.get(answer.message.node);
  if (answer === undefined || agent === undefined) return;
  const open = agent.openCalls.delete(answer.message.call);
  if (!open && world.agentRules.dropsLateAnswers) return;
  takeRefusal(agent, answer.reply);
  take(world, agent, answer);
}

function take(world: World, agent: ModelAgent, { message: { command }, reply }: Answer): void {
  if (!reply.ok) return;
  const { value } = reply;
  if ('agentSeq' in value) agent.seq = Math.max(agent.seq, value.agentSeq);
  if ('session' in value && command.kind === 'open') {
    agent.session = value.session;
    agent.generation = value.generation;
  } else if ('view' in value) {
    if (command.kind === 'sync') agent.synced = true;
    takeView(agent, value.view, command.kind === 'sync');
  } else if ('grant' in value && command.kind === 'allocate') {
    const sandbox = agent.sandboxes.find(({ allocationId }) => allocationId === command.allocationId);
    const { ip, term } = value.grant.address;
    if (sandbox !== undefined && sandbox.ip === '') tryWire(agent, sandbox, ip, term, world.agentRules);
    else if (!world.agentRules.dropsLateAnswers && sandbox === undefined) {
      agent.sandboxes.push({ owner: command.owner, allocationId: command.allocationId, ip, wired: true });
    }
  }
}
