import { attachedOf, heldEntries, leasesOf, memoryAgent, memoryNode, podWish } from './memory-agent.js';

const web = podWish('web-0');

describe('comparing journal and kernel', () => {
  it('changes nothing when they agree', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    await agent.add(web);
    await agent.reconcile();
    expect(attachedOf(node.journal)).toEqual(leasesOf(node));
    expect(leasesOf(node).size).toBe(1);
  });

  it('lets a sandbox go whose namespace and link are gone', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    await agent.add(web);
    node.datapath.vanish(web.netns);
    await agent.reconcile();
    expect(leasesOf(node).size).toBe(0);
  });

  it('keeps a sandbox whose path alone is gone: it may only be hidden', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    await agent.add(web);
    node.datapath.sandboxes.clear();
    await agent.reconcile();
    expect(leasesOf(node).size).toBe(1);
    expect(node.datapath.attached.size).toBe(1);
  });

  it('brings back what a living pod has lost', async () => {
    const node = memoryNode(2);
    const agent = memoryAgent(node);
    const { attachment } = await agent.add(web);
    node.datapath.lost.set(attachment.hostIfName, ['host: rule']);
    await agent.reconcile();
    expect(node.datapath.lost.size).toBe(0);
  });

  it.each(['allocating', 'wiring'] as const)('lets an attempt go that a crash left %s', async (state) => {
    const node = memoryNode(2);
    const entry = await memoryAgent(node).add(web);
    await node.journal.put({ ...entry, state });
    const agent = memoryAgent(node);
    await agent.reconcile();
    expect(heldEntries(node.journal)).toEqual([]);
    await agent.session.ensureSynced();
    if (state === 'wiring') expect(leasesOf(node).size).toBe(0);
  });

  it('removes what vanished pods left behind', async () => {
    const node = memoryNode(2);
    node.datapath.leftovers.add('10.0.0.99');
    await memoryAgent(node).reconcile();
    expect(node.datapath.leftovers.size).toBe(0);
  });

  it('removes nothing by a journal that lost a part', async () => {
    const node = memoryNode(2);
    await node.journal.keep((kept) => ({ ...kept, intact: false }));
    node.datapath.leftovers.add('10.0.0.99');
    await memoryAgent(node).reconcile();
    expect(node.datapath.leftovers.size).toBe(1);
  });

  it('goes on with the others when one cannot be let go', async () => {
    const node = memoryNode(4);
    const agent = memoryAgent(node);
    const pods = [podWish('a'), podWish('b')];
    for (const pod of pods) await agent.add(pod, undefined, 400);
    for (const pod of pods) node.datapath.vanish(pod.netns);
    node.datapath.failNext = 'detach';
    await agent.reconcile();
    expect(leasesOf(node).size).toBe(1);
    await agent.reconcile();
    expect(leasesOf(node).size).toBe(0);
  });
});
