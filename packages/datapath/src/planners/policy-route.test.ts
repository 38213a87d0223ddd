import { processCount } from '../batch.js';
import { sampleAttachment } from '../sample-attachment.js';
import { type Plan, toLines } from '../step.js';
import { planPolicyRoute } from './policy-route.js';
import { planners } from './index.js';

function textOf(plan: Plan): readonly string[] {
  return plan.steps.flatMap((step) =>
    step.kind === 'sysctl'
      ? [`${step.netns}: ${step.key} = ${step.value}`]
      : toLines(step, plan.podNetns).map((line) => `${step.netns}: ${line}`),
  );
}

describe('planPolicyRoute', () => {
  const dev = 'calic440f455693';
  const { podMac, hostMac } = sampleAttachment();

  it('wires a pod as Terway does', () => {
    expect(textOf(planPolicyRoute(sampleAttachment()))).toEqual([
      'host: link set dev eth1 mtu 1500 up',
      'host: address replace 10.1.0.5/32 dev eth1',
      'host: route replace default via 10.0.0.253 dev eth1 onlink table 1003',
      'host: net/ipv4/conf/eth1/forwarding = 1',
      'host: net/ipv4/conf/eth1/rp_filter = 0',
      `host: link add name ${dev} address ${hostMac} mtu 1500 type veth peer name eth0 address ${podMac} mtu 1500 netns /run/netns/pod`,
      `host: link set dev ${dev} mtu 1500 up`,
      `host: neighbour replace 10.0.0.10 lladdr ${podMac} dev ${dev} nud permanent`,
      `host: route replace 10.0.0.10/32 dev ${dev} scope link table main`,
      'host: rule flush to 10.0.0.10/32 priority 512',
      'host: rule add to 10.0.0.10/32 priority 512 lookup main',
      'host: rule flush from 10.0.0.10/32 priority 2048',
      'host: rule add from 10.0.0.10/32 priority 2048 lookup 1003',
      `host: net/ipv4/conf/${dev}/forwarding = 1`,
      `host: net/ipv4/conf/${dev}/rp_filter = 0`,
      'pod: link set dev eth0 mtu 1500 up',
      'pod: address replace 10.0.0.10/32 dev eth0',
      `pod: neighbour replace 169.254.1.1 lladdr ${hostMac} dev eth0 nud permanent`,
      'pod: route replace default via 169.254.1.1 dev eth0 onlink table main',
    ]);
  });

  it('costs two processes', () => {
    expect(processCount(planPolicyRoute(sampleAttachment({ extraRoutes: ['172.16.0.0/12'] })))).toBe(2);
  });

  it('sends extra routes to the next hop that answers', () => {
    expect(textOf(planPolicyRoute(sampleAttachment({ extraRoutes: ['172.16.0.0/12'] }))).at(-1)).toBe(
      'pod: route replace 172.16.0.0/12 via 169.254.1.1 dev eth0 onlink table main',
    );
  });

  it('gives every link of a pod the MTU of its attachment', () => {
    const links = planPolicyRoute(sampleAttachment({ mtu: 8500 })).steps.filter((step) => 'mtu' in step);
    expect(links.map(({ kind, mtu }) => [kind, mtu])).toEqual([
      ['link', 8500],
      ['veth', 8500],
      ['link', 8500],
      ['link', 8500],
    ]);
  });

  it('refuses an attachment that the kernel could not be told', () => {
    expect(() => planPolicyRoute(sampleAttachment({ ifName: 'eth0 up' }))).toThrow('ifName: expected');
  });

  it('is found by its name', () => {
    expect(planners['policy-route']).toBe(planPolicyRoute);
  });
});
