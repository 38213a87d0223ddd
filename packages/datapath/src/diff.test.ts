import type { KernelFacts, NamespaceFacts } from './facts.js';
import { describeStep, diff } from './diff.js';
import { MemoryKernel } from './memory-kernel.js';
import { planPolicyRoute } from './planners/policy-route.js';
import { runnerOn } from './runner-on.js';
import { sampleAttachment } from './sample-attachment.js';

const plan = planPolicyRoute(sampleAttachment());
const dev = 'calic440f455693';

async function wired(): Promise<KernelFacts> {
  const kernel = new MemoryKernel({ namespaces: ['/run/netns/pod'] });
  kernel.addLink(undefined, 'eth1', '00:16:3e:00:00:03');
  const runner = runnerOn(kernel, undefined);
  await runner.run(plan);
  return runner.observe('/run/netns/pod');
}

const missingOf = (facts: KernelFacts) => diff(plan, facts).missing.map(describeStep);

describe('diff', () => {
  it('finds nothing where the kernel holds the plan', async () => {
    expect(diff(plan, await wired())).toEqual({ missing: [], stale: [], foreign: [] });
  });

  it.each<[string, keyof KernelFacts, (there: NamespaceFacts) => Partial<NamespaceFacts>, readonly string[]]>([
    [
      'a rule that is gone',
      'host',
      ({ rules }) => ({ rules: rules.filter(({ priority }) => priority !== 512) }),
      ['host: rule add to 10.0.0.10/32 priority 512 lookup main'],
    ],
    [
      'a rule that names the table of another ENI',
      'host',
      ({ rules }) => ({ rules: rules.map((rule) => (rule.priority === 2048 ? { ...rule, table: '1007' } : rule)) }),
      ['host: rule add from 10.0.0.10/32 priority 2048 lookup 1003'],
    ],
    [
      'a second rule beside the right one',
      'host',
      ({ rules }) => ({ rules: [...rules, ...rules.filter(({ priority }) => priority === 2048)] }),
      ['host: rule add from 10.0.0.10/32 priority 2048 lookup 1003'],
    ],
    [
      'an ENI that is down',
      'host',
      ({ links }) => ({ links: links.map((link) => (link.dev === 'eth1' ? { ...link, up: false } : link)) }),
      ['host: link set dev eth1 mtu 1500 up'],
    ],
    [
      'another MTU in the pod',
      'pod',
      ({ links }) => ({ links: links.map((link) => ({ ...link, mtu: 1400 })) }),
      ['pod: link set dev eth0 mtu 1500 up'],
    ],
    ['an address that is gone', 'pod', () => ({ addresses: [] }), ['pod: address replace 10.0.0.10/32 dev eth0']],
    [
      'a default route elsewhere',
      'pod',
      ({ routes }) => ({ routes: routes.map((route) => ({ ...route, via: '10.0.0.1' })) }),
      ['pod: route replace default via 169.254.1.1 dev eth0 onlink table main'],
    ],
    [
      'a neighbour that is not permanent',
      'pod',
      ({ neighbours }) => ({ neighbours: neighbours.map((entry) => ({ ...entry, permanent: false })) }),
      [expect.stringMatching(/^pod: neighbour replace 169\.254\.1\.1 /) as string],
    ],
  ])('misses %s', async (_, netns, change, expected) => {
    const facts = await wired();
    const there = facts[netns];
    expect(there).toBeDefined();
    expect(missingOf({ ...facts, [netns]: { ...there, ...change(there as NamespaceFacts) } })).toEqual(expected);
  });

  it('misses all of the pod when its namespace is gone', async () => {
    const missing = missingOf({ ...(await wired()), pod: undefined });
    expect(missing).toHaveLength(4);
    expect(missing.every((text) => text.startsWith('pod: '))).toBe(true);
  });

  it('finds what stands in the way of the plan on the host', async () => {
    const { host, pod } = await wired();
    const addresses = [...host.addresses, { dev: 'eth1', prefix: '10.0.0.7/24', scope: 'global' }];
    const routes = [...host.routes, { to: '10.0.0.10/32', dev: 'eth0', via: undefined, table: 'main', scope: 'link' }];
    expect(diff(plan, { host: { ...host, addresses, routes }, pod }).stale).toEqual([
      { kind: 'no-address', dev: 'eth1', prefix: '10.0.0.7/24' },
      { kind: 'no-route', to: '10.0.0.10/32', dev: 'eth0', table: 'main' },
    ]);
  });

  it('reports what nobody asked for on the links of the pod', async () => {
    const { host, pod } = await wired();
    const addresses = [...host.addresses, { dev, prefix: '169.254.1.1/32', scope: 'global' }];
    const routes = [{ to: '10.9.0.0/16', dev: 'eth0', via: undefined, table: 'main', scope: 'link' }];
    expect(
      diff(plan, {
        host: { ...host, addresses },
        pod: { ...(pod as NamespaceFacts), routes: [...(pod?.routes ?? []), ...routes] },
      }),
    ).toEqual({
      missing: [],
      stale: [],
      foreign: [
        { netns: 'host', text: `address 169.254.1.1/32 dev ${dev}` },
        { netns: 'pod', text: 'route 10.9.0.0/16 dev eth0 table main' },
      ],
    });
  });
});
