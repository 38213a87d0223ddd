import { doHarm } from '@terway/cloud-simulator';
import {
  createPods,
  type EniTraffic,
  gatewayOf,
  inNetns,
  ipBatch,
  type LabPod,
  mustRun,
  ping,
  runCommand,
} from '@terway/lab';
import { first, leasesIn, startTestLab, type TestLab } from '../support/lab.js';

/** Payload of a ping that fills an MTU of 1500: 20 bytes of IPv4 and 8 of ICMP go with it. */
const fullMtuPayload = 1472;
const packets = 20;

jest.setTimeout(60_000);

let lab: TestLab;
let pods: readonly LabPod[];

beforeAll(async () => {
  // more than one ENI carries
  lab = await startTestLab({ podsPerNode: 3, eniConf: { min_pool_size: 7 } });
  pods = await createPods(lab, 3, lab.parts);
});
afterAll(() => (lab as TestLab | undefined)?.remove());

const onNode = (name: string) => pods.filter(({ node }) => node.name === name);

/** Pings that must not be cut into fragments, 100 a second. */
const fullPing = (from: LabPod, to: LabPod, payload = fullMtuPayload) =>
  runCommand(
    inNetns(from.netns, {
      program: 'ping',
      args: ['-M', 'do', '-s', `${payload}`, '-c', `${packets}`, '-i', '0.01', '-W', '1', '-q', to.ip],
    }),
  );

const answered = async (from: LabPod, ip: string): Promise<number> => {
  const [result] = await ping(from.netns, [ip], { count: 3, timeoutMs: 200 }, runCommand);
  return result?.received ?? 0;
};

async function eniOf({ ip }: LabPod): Promise<string> {
  return first((await leasesIn(lab, 'bound')).filter((lease) => lease.ip === ip)).eniId;
}

/** IPv4 packets that each ENI for pods has sent and received since `before`; those of no change are left out. */
async function podTrafficSince(before: readonly EniTraffic[]): Promise<Record<string, readonly [number, number]>> {
  const { enis } = await lab.vpc.fabric.traffic();
  const ofPods = new Set((await leasesIn(lab, '')).map(({ eniId }) => eniId));
  const changes = enis
    .filter(({ eniId }) => ofPods.has(eniId))
    .map(({ eniId, sent, received }) => {
      const was = before.find((eni) => eni.eniId === eniId) ?? { sent: 0, received: 0 };
      return [eniId, [sent - was.sent, received - was.received]] as const;
    });
  return Object.fromEntries(changes.filter(([, [sent, received]]) => sent > 0 || received > 0));
}

it('carries packets of pods as they are, at full MTU, out of and into the ENIs that own the addresses', async () => {
  const [from, to] = [first(onNode('n1')), first(onNode('n2'))];
  const before = await lab.vpc.fabric.traffic();
  const { code, stdout } = await fullPing(from, to);
  expect(stdout).toContain(`${packets} packets transmitted, ${packets} received`);
  expect(code).toBe(0);
  expect(await podTrafficSince(before.enis)).toEqual({
    [await eniOf(from)]: [packets, packets],
    [await eniOf(to)]: [packets, packets],
  });
  const tooLong = await fullPing(from, to, fullMtuPayload + 1);
  expect(tooLong.stdout).toContain(`${packets} packets transmitted, 0 received`);
});

it('carries packets between pods of one node through no ENI', async () => {
  const [from, to] = onNode('n1') as [LabPod, LabPod];
  const before = await lab.vpc.fabric.traffic();
  expect((await fullPing(from, to)).code).toBe(0);
  expect(await podTrafficSince(before.enis)).toEqual({});
});

/** Device of a node that plays an ENI, and the gateway of the ENI's vSwitch. */
async function linkOf(netns: string, eniId: string): Promise<{ readonly dev: string; readonly gateway: string }> {
  const eni = first(lab.simulator.cloud.enis().filter(({ id }) => id === eniId));
  const vSwitch = first(lab.topology.vSwitches.filter(({ id }) => id === eni.vSwitchId));
  const text = await mustRun(runCommand, { program: 'ip', args: ['-n', netns, '-j', 'link'] });
  const links = JSON.parse(text) as readonly { readonly ifname: string; readonly address: string }[];
  return {
    dev: first(links.filter(({ address }) => address === eni.mac)).ifname,
    gateway: gatewayOf(vSwitch.cidr),
  };
}

it.each(['the primary ENI', 'another ENI for pods'])(
  'drops what a wrong rule sends out of %s, and names the ENI',
  async (wrong) => {
    const [from, to] = [first(onNode('n1')), first(onNode('n2'))];
    const right = await eniOf(from);
    const ofNode = lab.simulator.cloud
      .enis()
      .filter(({ attachment }) => attachment?.instanceId === from.node.instanceId);
    const wrongType = wrong === 'the primary ENI' ? 'Primary' : 'Secondary';
    const { id } = first(ofNode.filter((eni) => eni.type === wrongType && eni.id !== right));
    const { dev, gateway } = await linkOf(from.node.netns, id);
    const rule = `from ${from.ip} lookup 99 pref 600`;
    await mustRun(
      runCommand,
      ipBatch(from.node.netns, [
        `link set dev ${dev} up`,
        `route replace default via ${gateway} dev ${dev} onlink table 99`,
        `rule add ${rule}`,
      ]),
    );
    try {
      expect(await answered(from, to.ip)).toBe(0);
    } finally {
      await mustRun(runCommand, ipBatch(from.node.netns, [`rule del ${rule}`]));
    }
    const { enis } = await lab.vpc.fabric.traffic();
    const drops = enis.filter(({ spoofed }) => spoofed.some(({ source }) => source === from.ip));
    expect(drops.find(({ eniId }) => eniId === id)?.spoofed).toEqual([{ source: from.ip, packets: 3 }]);
    expect(drops.map(({ eniId }) => eniId)).not.toContain(right);
    expect(await answered(from, to.ip)).toBe(3);
  },
);

it('stops carrying an address within a second after the cloud has taken it away, and names who still uses it', async () => {
  const enis = lab.simulator.cloud.enis();
  const isSecondary = ({ ip }: LabPod) => !enis.some(({ primaryIp }) => primaryIp === ip);
  const victim = first(pods.filter(isSecondary));
  const peer = first(pods.filter(({ node }) => node.name !== victim.node.name));
  const victimEni = await eniOf(victim);
  expect(await answered(peer, victim.ip)).toBe(3);

  const takenAt = performance.now();
  doHarm(lab.simulator.cloud, 'externalUnassign', { eniId: victimEni, ip: victim.ip });
  while (performance.now() - takenAt < 5_000) {
    const [result] = await ping(peer.netns, [victim.ip], { count: 1, timeoutMs: 100 }, runCommand);
    if (result?.received === 0) break;
  }
  expect(performance.now() - takenAt).toBeLessThan(1_000);

  expect([await answered(peer, victim.ip), await answered(victim, peer.ip)]).toEqual([0, 0]);
  const { enis: traffic, unowned } = await lab.vpc.fabric.traffic();
  const toIt = unowned.find(({ destination }) => destination === victim.ip);
  const fromIt = traffic.find(({ eniId }) => eniId === victimEni)?.spoofed.find(({ source }) => source === victim.ip);
  expect(toIt).toEqual({ eniId: await eniOf(peer), destination: victim.ip, packets: expect.any(Number) });
  expect(fromIt?.packets).toBe(3);
});
