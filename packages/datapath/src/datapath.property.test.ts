import fc from 'fast-check';
import type { PodAttachment } from './attachment.js';
import { diff } from './diff.js';
import type { KernelFacts } from './facts.js';
import { MemoryKernel } from './memory-kernel.js';
import { hostIfNameOf, macsOf } from './names.js';
import { planPolicyRoute } from './planners/policy-route.js';
import type { Runner } from './port.js';
import { runnerOn } from './runner-on.js';
import { sampleAttachment } from './sample-attachment.js';
import { type Plan, toLines } from './step.js';
import { undo } from './undo.js';
import { wiredAddresses } from './wired.js';

const settings = { seed: 20_190_625, numRuns: 200 };

/** Pods of one node, each with a name, an address and a namespace of its own. */
const anyPods: fc.Arbitrary<readonly PodAttachment[]> = fc
  .uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 250 }), extra: fc.boolean() }), {
    minLength: 1,
    maxLength: 6,
    selector: ({ number }) => number,
  })
  .map((pods) => pods.map(({ number, extra }) => attachmentOf(number, extra)));

function attachmentOf(number: number, extra: boolean): PodAttachment {
  const hostIfName = hostIfNameOf({ podNamespace: 'default', podName: `web-${number}`, ifName: 'eth0' });
  return sampleAttachment({
    netns: `/run/netns/pod-${number}`,
    ip: `10.0.0.${number}`,
    hostIfName,
    ...macsOf(hostIfName),
    extraRoutes: extra ? ['172.16.0.0/12'] : [],
  });
}

interface Node {
  readonly kernel: MemoryKernel;
  readonly runner: Runner;
}

async function nodeFor(pods: readonly PodAttachment[], refuse?: (line: string) => string | undefined): Promise<Node> {
  const namespaces = pods.map(({ netns }) => netns);
  const kernel = new MemoryKernel({ namespaces, ...(refuse === undefined ? {} : { refuse }) });
  const ifIndex = kernel.addLink(undefined, 'eth1', '00:16:3e:00:00:03');
  // what the ENI needs stays when pods go, so it is there from the start
  const eni = { ...sampleAttachment().eni, ifIndex };
  const lasting = planPolicyRoute(sampleAttachment({ eni })).steps.filter((step) => step.lasting === true);
  await runnerOn(kernel, undefined).run({ podNetns: undefined, steps: lasting });
  return { kernel, runner: runnerOn(kernel, undefined) };
}

const plansOf = (pods: readonly PodAttachment[]): readonly Plan[] =>
  pods.map((pod) => planPolicyRoute({ ...pod, eni: { ...pod.eni, ifIndex: 1 } }));

async function everything({ runner }: Node, pods: readonly PodAttachment[]): Promise<readonly KernelFacts[]> {
  return Promise.all(pods.map(({ netns }) => runner.observe(netns)));
}

describe('plans of any pods', () => {
  it('leave the kernel as it was when they are undone, in whatever order', () =>
    fc.assert(
      fc.asyncProperty(anyPods, fc.infiniteStream(fc.nat()), async (pods, order) => {
        const node = await nodeFor(pods);
        const before = await everything(node, pods);
        for (const plan of plansOf(pods)) await node.runner.run(plan);
        for (const plan of shuffled(plansOf(pods), order)) await node.runner.undo(undo(plan));
        expect(await everything(node, pods)).toEqual(before);
      }),
      settings,
    ));

  it('hold together: no pod disturbs another', () =>
    fc.assert(
      fc.asyncProperty(anyPods, async (pods) => {
        const { runner } = await nodeFor(pods);
        for (const plan of plansOf(pods)) await runner.run(plan);
        for (const plan of plansOf(pods)) {
          expect(diff(plan, await runner.observe(plan.podNetns))).toEqual({ missing: [], stale: [], foreign: [] });
        }
        const shown = wiredAddresses(await runner.observe()).map(({ ip }) => ip);
        expect(shown.sort()).toEqual(pods.map(({ ip }) => ip).sort());
      }),
      settings,
    ));

  it('leave nothing of a pod when any line fails', () => {
    const pod = attachmentOf(10, true);
    const [plan] = plansOf([pod]);
    const lines = (plan?.steps ?? [])
      .filter(({ lasting }) => lasting !== true)
      .flatMap((step) => toLines(step, pod.netns));
    return fc.assert(
      fc.asyncProperty(fc.constantFrom(...lines), async (failing) => {
        let armed = true;
        const node = await nodeFor([pod], (line) => {
          if (!armed || line !== failing) return undefined;
          armed = false;
          return 'RTNETLINK answers: Cannot allocate memory';
        });
        const before = await everything(node, [pod]);
        await expect(node.runner.run(plan as Plan)).rejects.toMatchObject({ reason: 'kernel-refused', line: failing });
        expect(await everything(node, [pod])).toEqual(before);
      }),
      settings,
    );
  });

  it('heal whatever is lost, by running what is missing', () =>
    fc.assert(
      fc.asyncProperty(anyPods, fc.infiniteStream(fc.boolean()), async (pods, losses) => {
        const { runner } = await nodeFor(pods);
        for (const plan of plansOf(pods)) await runner.run(plan);
        for (const plan of plansOf(pods)) {
          const lost = undo(plan).removals.filter(() => losses.next().value === true);
          await runner.undo({ removals: lost, doomedLinks: [] });
          const { missing } = diff(plan, await runner.observe(plan.podNetns));
          expect(missing).toHaveLength(lost.length);
          await runner.run({ ...plan, steps: missing });
          expect(diff(plan, await runner.observe(plan.podNetns)).missing).toEqual([]);
        }
      }),
      settings,
    ));
});

function shuffled<T>(items: readonly T[], order: Iterator<number>): readonly T[] {
  return items
    .map((item) => ({ item, at: Number(order.next().value) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
