import { diff } from './diff.js';
import type { KernelFacts, NamespaceFacts } from './facts.js';
import { createTestNode, type TestNode } from './namespaces-for-tests.js';
import { planHost } from './planners/host.js';
import { planPolicyRoute } from './planners/policy-route.js';
import type { Runner } from './port.js';
import { createIpRunner } from './runner.js';
import { undo } from './undo.js';

let node: TestNode;
let runner: Runner;

beforeEach(async () => {
  node = createTestNode();
  runner = createIpRunner({ hostNetns: node.hostNetns });
  await runner.run({ podNetns: undefined, steps: planHost(['eth1']) });
});

afterEach(() => node.remove());

describe('a pod that is wired', () => {
  it('has what Terway’s default driver gives it, exactly once', async () => {
    const attachment = node.attachment(0, { mtu: 1400 });
    const { hostIfName: dev } = attachment;
    await runner.run(planPolicyRoute(attachment));
    const { host, pod } = await runner.observe(attachment.netns);

    expect(host.links.find((link) => link.dev === dev)).toMatchObject({ mtu: 1400, up: true, mac: attachment.hostMac });
    expect(host.addresses.filter((address) => address.dev === dev && address.scope === 'global')).toEqual([]);
    expect(host.addresses.filter((address) => address.dev === 'eth1' && address.scope === 'global')).toEqual([
      { dev: 'eth1', prefix: '10.1.0.5/32', scope: 'global' },
    ]);
    expect(host.routes.filter((route) => route.dev === dev)).toEqual([
      { dev, to: '10.0.0.10/32', table: 'main', scope: 'link', via: undefined },
    ]);
    const plain = { from: undefined, to: undefined, hasOtherSelectors: false };
    expect(host.rules.filter(({ priority }) => priority === 512 || priority === 2048)).toEqual([
      { ...plain, priority: 512, to: '10.0.0.10/32', table: 'main' },
      { ...plain, priority: 2048, from: '10.0.0.10/32', table: String(1000 + attachment.eni.ifIndex) },
    ]);

    expect(pod?.links.find((link) => link.dev === 'eth0')).toMatchObject({
      mtu: 1400,
      up: true,
      mac: attachment.podMac,
    });
    expect(pod?.addresses.filter(({ scope }) => scope === 'global')).toEqual([
      { dev: 'eth0', prefix: '10.0.0.10/32', scope: 'global' },
    ]);
    expect(pod?.routes).toEqual([{ dev: 'eth0', to: 'default', via: '169.254.1.1', table: 'main', scope: 'global' }]);
    expect(diff(planPolicyRoute(attachment), { host, pod })).toEqual({ missing: [], stale: [], foreign: [] });
  });

  it('reaches the VPC through its ENI, another pod of the node, and its node', async () => {
    await runner.run(planPolicyRoute(node.attachment(0)));
    await runner.run(planPolicyRoute(node.attachment(1)));
    const [first, second] = node.podNetns;
    expect(node.connect(first, '10.0.0.253')).toBe('ECONNREFUSED');
    expect(node.connect(first, '10.0.0.11')).toBe('ECONNREFUSED');
    expect(node.connect(second, '10.0.0.10')).toBe('ECONNREFUSED');
    expect(node.connect(first, '10.1.0.5')).toBe('ECONNREFUSED');
    expect(node.connect(node.hostNetns, '10.0.0.10')).toBe('ECONNREFUSED');
    expect(node.connect(node.vpcNetns, '10.0.0.11')).toBe('ECONNREFUSED');
  });

  it('may be wired again, by any path of its namespace', async () => {
    const plan = planPolicyRoute(node.attachment(0));
    await runner.run(plan);
    const once = await settled(plan.podNetns);
    await runner.run(
      planPolicyRoute(node.attachment(0, { netns: plan.podNetns?.replace('/run/', '/var/run/') ?? '' })),
    );
    expect(await settled(plan.podNetns)).toEqual(once);
  });

  it('takes over from the sandbox that it replaces', async () => {
    const old = planPolicyRoute(node.attachment(0));
    await runner.run(old);
    const fresh = planPolicyRoute({ ...node.attachment(0), netns: node.podNetns[1], ip: '10.0.0.11' });
    await runner.run(fresh);
    expect(diff(fresh, await runner.observe(fresh.podNetns)).missing).toEqual([]);
    expect((await runner.observe(old.podNetns)).pod?.links.map(({ dev }) => dev)).toEqual(['lo']);
  });

  it('gets rid of rules that send its address to another ENI', async () => {
    node.ip(node.hostNetns, 'rule add from 10.0.0.10/32 lookup 1999 priority 2048');
    node.ip(node.hostNetns, 'rule add from 10.0.0.10/32 lookup 1998 priority 2048');
    const plan = planPolicyRoute(node.attachment(0));
    await runner.run(plan);
    expect(diff(plan, await runner.observe(plan.podNetns))).toEqual({ missing: [], stale: [], foreign: [] });
  });
});

describe('a pod that is gone', () => {
  it('leaves the kernel’s rules and those of others, when undone once, twice or more', async () => {
    node.ip(node.hostNetns, 'rule add to 10.9.0.0/16 lookup main priority 512');
    await runner.run({
      podNetns: undefined,
      steps: planPolicyRoute(node.attachment(0)).steps.filter((s) => s.lasting === true),
    });
    const before = await settled(node.podNetns[0]);
    const plan = planPolicyRoute(node.attachment(0));
    await runner.run(plan);
    for (const _ of ['DEL', 'DEL again', 'DEL late']) {
      await runner.undo(undo(plan));
      const after = await settled(plan.podNetns);
      expect(after).toEqual(before);
      expect(after.host.rules.map(({ priority }) => priority)).toEqual([0, 512, 32_766, 32_767]);
    }
  });

  it('is undone without its namespace', async () => {
    const plan = planPolicyRoute(node.attachment(0));
    await runner.run(plan);
    node.removePod(0);
    await runner.undo(undo(plan));
    const { host, pod } = await runner.observe(plan.podNetns);
    expect(pod).toBeUndefined();
    expect(host.links.map(({ dev }) => dev).filter((dev) => dev.startsWith('cali'))).toEqual([]);
    expect(host.rules).toHaveLength(3);
  });
});

describe('a pod that cannot be wired', () => {
  const hostSide = async () => {
    const { rules, links } = (await runner.observe()).host;
    return { rules, links: links.map(({ dev }) => dev) };
  };

  it('is refused when its namespace is gone', async () => {
    const before = await hostSide();
    node.removePod(0);
    await expect(runner.run(planPolicyRoute(node.attachment(0)))).rejects.toMatchObject({ reason: 'netns-missing' });
    expect(await hostSide()).toEqual(before);
  });

  it('is refused when it has such an interface from somebody else, which stays', async () => {
    node.ip(node.podNetns[0], 'link add name eth0 type veth peer name other');
    const before = await hostSide();
    await expect(runner.run(planPolicyRoute(node.attachment(0)))).rejects.toMatchObject({
      reason: 'interface-name-taken',
      message: expect.stringContaining('link eth0 in the pod: expected the name to be free') as string,
    });
    expect(await hostSide()).toEqual(before);
    expect((await runner.observe(node.podNetns[0])).pod?.links.map(({ dev }) => dev).sort()).toEqual([
      'eth0',
      'lo',
      'other',
    ]);
  });

  it('is refused when its ENI is not plugged, and says which line and why', async () => {
    const eni = { ifName: 'eth9', ifIndex: 9, mac: '00:16:3e:00:00:09' };
    await expect(runner.run(planPolicyRoute(node.attachment(0, { eni })))).rejects.toMatchObject({
      reason: 'link-missing',
      line: 'link set dev eth9 mtu 1500 up',
      kernelText: 'Cannot find device "eth9"',
    });
  });

  it('leaves nothing behind when the kernel refuses half way', async () => {
    const attachment = node.attachment(0);
    const plan = planPolicyRoute(attachment);
    const before = await hostSide();
    // the kernel has no such MTU, and says so when the pod's side is done already
    const steps = [...plan.steps, { netns: 'pod', kind: 'link', dev: 'eth0', mtu: 999_999 } as const];
    await expect(runner.run({ ...plan, steps })).rejects.toMatchObject({
      reason: 'kernel-refused',
      kernelText: 'Error: mtu greater than device maximum.',
    });
    expect(await hostSide()).toEqual(before);
    expect((await runner.observe(attachment.netns)).pod?.links.map(({ dev }) => dev)).toEqual(['lo']);
  });
});

describe('the node', () => {
  it('forwards, and does not check the reverse path, on links of pods as well', async () => {
    const attachment = node.attachment(0);
    await runner.run(planPolicyRoute(attachment));
    const conf = (dev: string) => node.ip(node.hostNetns, `-j netconf show dev ${dev}`);
    for (const dev of ['eth1', attachment.hostIfName]) {
      const [ipv4] = JSON.parse(conf(dev)) as { forwarding: boolean; rp_filter: string }[];
      expect(ipv4).toMatchObject({ forwarding: true, rp_filter: 'off' });
    }
  });
});

/** Facts without what the kernel adds in its own time: link-local addresses, and neighbours that it heard of. */
async function settled(netns: string | undefined): Promise<KernelFacts> {
  const { host, pod } = await runner.observe(netns);
  return { host: setByHand(host), pod: pod && setByHand(pod) };
}

function setByHand(facts: NamespaceFacts): NamespaceFacts {
  const addresses = facts.addresses.filter(({ scope }) => scope === 'global');
  return { ...facts, addresses, neighbours: facts.neighbours.filter(({ permanent }) => permanent) };
}
