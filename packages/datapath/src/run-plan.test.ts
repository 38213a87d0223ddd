import { diff } from './diff.js';
import { MemoryKernel } from './memory-kernel.js';
import { planPolicyRoute } from './planners/policy-route.js';
import { runnerOn } from './runner-on.js';
import { sampleAttachment } from './sample-attachment.js';
import { undo } from './undo.js';

const netns = '/run/netns/pod';
const later = '/run/netns/pod-again';
const plan = planPolicyRoute(sampleAttachment());

function node(refuse?: (line: string) => string | undefined) {
  const kernel = new MemoryKernel({ namespaces: [netns, later], ...(refuse === undefined ? {} : { refuse }) });
  kernel.addLink(undefined, 'eth1', '00:16:3e:00:00:03');
  return { kernel, runner: runnerOn(kernel, undefined) };
}

describe('run', () => {
  it('costs one batch per namespace', async () => {
    const { kernel, runner } = node();
    await runner.run(plan);
    expect(kernel.batches.map((batch) => batch.netns)).toEqual([undefined, netns]);
    expect(kernel.sysctls.get(':net/ipv4/conf/eth1/rp_filter')).toBe('0');
  });

  it('may be repeated', async () => {
    const { runner } = node();
    await runner.run(plan);
    const once = await runner.observe(netns);
    await runner.run(plan);
    expect(await runner.observe(netns)).toEqual(once);
  });

  it('replaces the host end that an earlier sandbox of the pod left', async () => {
    const { runner } = node();
    await runner.run(plan);
    const again = planPolicyRoute(sampleAttachment({ netns: later, ip: '10.0.0.11' }));
    await runner.run(again);
    expect(diff(again, await runner.observe(later)).missing).toEqual([]);
    expect((await runner.observe(netns)).pod?.links).toEqual([]);
  });

  it('replaces rules that a re-used address still has', async () => {
    const { kernel, runner } = node();
    await kernel.batch(undefined, ['rule add from 10.0.0.10/32 priority 2048 lookup 1007'], 'stop');
    await runner.run(plan);
    expect((await runner.observe()).host.rules.filter(({ priority }) => priority === 2048)).toHaveLength(1);
    expect(diff(plan, await runner.observe(netns)).missing).toEqual([]);
  });

  it('refuses an interface of the pod that it did not make, and leaves it alone', async () => {
    const { kernel, runner } = node();
    kernel.addLink(netns, 'eth0', '00:16:3e:00:00:09');
    const before = await runner.observe(netns);
    await expect(runner.run(plan)).rejects.toMatchObject({ name: 'DatapathError', reason: 'interface-name-taken' });
    const after = await runner.observe(netns);
    expect(after.pod).toEqual(before.pod);
    expect(after.host.rules).toEqual(before.host.rules);
  });

  it('gives up when the host end comes back each time', async () => {
    const { runner } = node((line) => (line.startsWith('link add') ? 'RTNETLINK answers: File exists' : undefined));
    await expect(runner.run(plan)).rejects.toMatchObject({ reason: 'interface-name-taken' });
  });

  it.each([
    [
      'an ENI that is not plugged',
      new MemoryKernel({ namespaces: [netns] }),
      'link-missing',
      'Cannot find device "eth1"',
    ],
    ['a namespace that is gone', nodeWithoutPods(), 'netns-missing', 'before the first line'],
  ])('refuses %s', async (_, kernel, reason, message) => {
    const refusal = runnerOn(kernel, undefined).run(plan);
    await expect(refusal).rejects.toMatchObject({ reason, message: expect.stringContaining(message) as string });
  });

  it('names the line and the text of the kernel', async () => {
    const { runner } = node((line) =>
      line.startsWith('neighbour') ? 'RTNETLINK answers: Operation not permitted' : undefined,
    );
    await expect(runner.run(plan)).rejects.toMatchObject({
      reason: 'kernel-refused',
      line: expect.stringMatching(/^neighbour replace 10\.0\.0\.10 /) as string,
      kernelText: 'RTNETLINK answers: Operation not permitted',
    });
  });

  it('does not tear down a pair that was there before it failed', async () => {
    let refuses = false;
    const { runner } = node((line) =>
      refuses && line.startsWith('neighbour') ? 'RTNETLINK answers: No buffer space' : undefined,
    );
    await runner.run(plan);
    refuses = true;
    await expect(runner.run(plan)).rejects.toMatchObject({ reason: 'kernel-refused' });
    expect((await runner.observe(netns)).pod?.links.map(({ dev }) => dev)).toEqual(['eth0']);
  });

  it('stops between batches when told to, and leaves nothing of the pod', async () => {
    const { kernel, runner } = node();
    const before = (await runner.observe()).host.rules;
    const stop = new AbortController();
    const run = runner.run(plan, stop.signal);
    stop.abort(new Error('out of time'));
    await expect(run).rejects.toThrow('out of time');
    const after = await runner.observe(netns);
    expect(after.host.rules).toEqual(before);
    expect(after.host.links.map(({ dev }) => dev)).toEqual(['eth1']);
    expect(kernel.batches.map((batch) => batch.netns)).toEqual([undefined, undefined]);
  });

  it('says so when the way back fails as well', async () => {
    const { runner } = node((line) =>
      /^(neighbour replace|rule flush from|route delete|link delete)/.test(line)
        ? 'RTNETLINK answers: Operation not permitted'
        : undefined,
    );
    await expect(runner.run(plan)).rejects.toMatchObject({
      name: 'DatapathError',
      reason: 'kernel-refused',
      message: expect.stringContaining('its way back failed too') as string,
    });
  });
});

describe('undo', () => {
  it('succeeds twice, and when nothing was ever there', async () => {
    const { runner } = node();
    await runner.undo(undo(plan));
    await runner.run(plan);
    await runner.undo(undo(plan));
    await runner.undo(undo(plan));
    expect((await runner.observe(netns)).pod?.links).toEqual([]);
  });

  it('succeeds when the namespace of the pod is gone', async () => {
    const { kernel, runner } = node();
    await runner.run(plan);
    kernel.removeNamespace(netns);
    await runner.undo(undo(plan));
    const { host, pod } = await runner.observe(netns);
    expect(pod).toBeUndefined();
    expect(host.rules).toHaveLength(3);
  });

  it('does not hide what the kernel refuses', async () => {
    const { runner } = node((line) =>
      line.startsWith('link delete') ? 'RTNETLINK answers: Operation not permitted' : undefined,
    );
    await expect(runner.undo(undo(plan))).rejects.toMatchObject({
      reason: 'kernel-refused',
      line: 'link delete dev calic440f455693',
    });
  });
});

function nodeWithoutPods(): MemoryKernel {
  const kernel = new MemoryKernel();
  kernel.addLink(undefined, 'eth1', '00:16:3e:00:00:03');
  return kernel;
}
