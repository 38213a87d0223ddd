import { defaultTimes } from '@terway/ipam-core';
import { silentLogger } from '@terway/runtime';
import { EmbeddedNodeStore } from './embedded-node-store.js';
import { LevelPersistence } from './level-persistence.js';

/**
 * Writes to the embedded store of a folder as fast as it can until it is killed, eight calls at once, and says each
 * acknowledged one on stdout: `<node> <allocation id> <agent seq>`. Run by a test as a process of its own.
 */
async function main(folder: string, run: string): Promise<void> {
  const persistence = await LevelPersistence.open(folder);
  const fail = (error: unknown): never => {
    throw error;
  };
  const store = await EmbeddedNodeStore.open({
    persistence,
    times: defaultTimes,
    nowMs: Date.now,
    log: silentLogger,
    fail,
  });
  const nodes = ['n1', 'n2', 'n3'];
  const fences = new Map(
    await Promise.all(nodes.map(async (node) => [node, await openNode(store, node, run)] as const)),
  );
  let made = 0;
  const writer = async (): Promise<void> => {
    for (;;) {
      const node = nodes[made % nodes.length] ?? '';
      const fence = fences.get(node);
      if (fence === undefined) return;
      const allocationId = `${run}-${(made += 1)}`;
      const owner = { network: 'terway', sandboxId: allocationId, interfaceName: 'eth0' };
      const release = { kind: 'release', fence, owner, allocationId, addressInUse: false } as const;
      const reply = await store.apply<'release'>(node, release, Date.now());
      if (!reply.ok) throw new Error(reply.refusal.message);
      process.stdout.write(`${node} ${allocationId} ${reply.value.agentSeq}\n`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, writer));
}

async function openNode(store: EmbeddedNodeStore, nodeId: string, run: string) {
  const record = await store.read(nodeId);
  const incarnation = 'i1';
  const known = { generation: record?.generation ?? '', lastAgentSeq: record?.agent.seq ?? 0 };
  const made = { newSession: `s-${run}`, newGeneration: `g-${run}-${nodeId}` };
  const open = { kind: 'open', nodeId, nodeName: nodeId, fence: { incarnation, ...known }, ...made } as const;
  const opened = await store.apply<'open'>(nodeId, open, Date.now());
  if (!opened.ok) throw new Error(opened.refusal.message);
  const fence = { incarnation, session: opened.value.session, generation: opened.value.generation, lastAgentSeq: 0 };
  const said = { wired: [], cooling: [], departed: [], seenMacs: [], journalIntact: true, seed: run };
  await store.apply<'sync'>(nodeId, { kind: 'sync', fence, ...said }, Date.now());
  return fence;
}

const [folder = '', run = ''] = process.argv.slice(2);
void main(folder, run);
