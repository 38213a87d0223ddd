import { cniAdd, cniDel, createNetns, type Lab, labNames, netnsPath, removeNetns, runCommand } from '@terway/lab';
import { addPod, first, startTestLab, type TestLab } from '../support/lab.js';
import { ratio, type Row } from './rows.js';

const pods = 20;
const atOnce = 4;

/** The path of a pod on one node with idle addresses: ADD and DEL through the executed plugin, beside the plugin alone. */
export async function pathSuite(): Promise<readonly Row[]> {
  const lab = await startTestLab({ nodes: 1, podsPerNode: 45, eniConf: { min_pool_size: 40, max_pool_size: 45 } });
  try {
    // the pool is warm once the first pod has its address and the others are idle
    await addPod(lab, first(lab.nodes), 'warm-up');
    await untilIdle(lab, pods * 2);
    const floor: Row = { name: 'plugin-alone', unit: 'ms', samples: await timed(pods, () => pluginAlone(lab)) };
    const { adds, dels } = await oneAtATime(lab);
    const add: Row = { name: 'add-warm', unit: 'ms', samples: adds };
    const del: Row = { name: 'del', unit: 'ms', samples: dels };
    const burst: Row = { name: `adds-per-second-${atOnce}-at-once`, unit: '1/s', samples: [await addsPerSecond(lab)] };
    return [floor, add, del, burst, ratio('add-warm-over-plugin-alone', add, floor)];
  } finally {
    await lab.remove();
  }
}

async function untilIdle(lab: Lab, count: number): Promise<void> {
  for (;;) {
    const { nodes } = await lab.ops.listNodes({}, { deadlineMs: 5_000 });
    if ((nodes[0]?.idle ?? 0) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function timed(times: number, task: () => Promise<void>): Promise<number[]> {
  const samples: number[] = [];
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await task();
    samples.push(performance.now() - began);
  }
  return samples;
}

async function pluginAlone(lab: Lab): Promise<void> {
  const { binDir } = first(lab.nodes).runtime;
  const { code } = await runCommand({
    program: `${binDir}/terway`,
    args: [],
    env: { CNI_COMMAND: 'VERSION' },
    stdin: '{}',
  });
  if (code !== 0) throw new Error(`VERSION ended with ${code}`);
}

interface Prepared {
  readonly netns: string;
  readonly sandbox: Parameters<typeof cniAdd>[1];
}

async function prepare(lab: TestLab, label: string): Promise<Prepared> {
  const netns = labNames(lab.run).pod(label);
  await createNetns(netns, runCommand);
  lab.parts.teardown.add(`pod ${label}`, () => removeNetns(netns, runCommand));
  const names = { podNamespace: 'default', podName: label, podUid: label };
  return { netns, sandbox: { containerId: label, netnsPath: netnsPath(netns), ifName: 'eth0', ...names } };
}

async function oneAtATime(lab: TestLab): Promise<{ readonly adds: number[]; readonly dels: number[] }> {
  const { runtime } = first(lab.nodes);
  const adds: number[] = [];
  const dels: number[] = [];
  for (let i = 0; i < pods; i++) {
    const { sandbox } = await prepare(lab, `one-${i}`);
    adds.push(...(await timed(1, async () => void (await cniAdd(runtime, sandbox, runCommand)))));
    dels.push(...(await timed(1, () => cniDel(runtime, sandbox, undefined, runCommand))));
  }
  return { adds, dels };
}

async function addsPerSecond(lab: TestLab): Promise<number> {
  const { runtime } = first(lab.nodes);
  const waiting: Prepared[] = [];
  for (let i = 0; i < pods; i++) waiting.push(await prepare(lab, `burst-${i}`));
  const queue = waiting.values();
  const began = performance.now();
  const worker = async (): Promise<void> => {
    for (const { sandbox } of queue) await cniAdd(runtime, sandbox, runCommand);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return pods / ((performance.now() - began) / 1_000);
}
