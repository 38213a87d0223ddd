import fc from 'fast-check';
import { runCommand } from '../run/command.js';
import { labNames } from '../run/names.js';
import { createNetns, removeNetns } from '../run/netns.js';
import { Fabric } from './fabric.js';
import { keyOf } from './fact.js';
import { planFabric } from './plan-fabric.js';
import { readFabric } from './read-fabric.js';
import type { Eni, Vpc } from './vpc.js';

const names = labNames(`r${process.pid.toString(36)}`);
const homes = [names.node('n1'), names.node('n2')];

/** Four ENIs that share out eight addresses, each on one of two nodes or on none. */
const anyVpc: fc.Arbitrary<Vpc> = fc
  .record({
    owners: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 8, maxLength: 8 }),
    nodes: fc.array(fc.constantFrom(...homes, undefined), { minLength: 4, maxLength: 4 }),
    secondVSwitch: fc.boolean(),
  })
  .map(({ owners, nodes, secondVSwitch }) => ({
    vSwitches: ['10.0.0.0/24', ...(secondVSwitch ? ['10.0.1.0/24'] : [])].map((cidr) => ({ vSwitchId: cidr, cidr })),
    enis: nodes.map((netns, index) => eniOf(index, owners, netns)),
  }));

function eniOf(index: number, owners: readonly number[], netns: string | undefined): Eni {
  const eni = {
    eniId: `eni-${index}`,
    mac: `00:16:3e:00:00:0${index}`,
    vSwitchId: '10.0.0.0/24',
    ips: owners.flatMap((owner, last) => (owner === index ? [`10.0.0.${last + 1}`] : [])),
    primary: false,
  };
  return netns === undefined ? eni : { ...eni, netns };
}

/** What happens to a namespace between two changes of the VPC, behind the fabric's back. */
const anyMishap = fc.constantFrom('nothing', 'nothing', 'node lost', 'link lost');

async function befall(mishap: string): Promise<void> {
  if (mishap === 'nothing') return;
  const [n1 = ''] = homes;
  if (mishap === 'node lost') {
    await removeNetns(n1, runCommand);
    await createNetns(n1, runCommand);
    return;
  }
  await runCommand({ program: 'ip', args: ['-n', n1, 'link', 'del', 'dev', 'eth0'] });
}

let fabric: Fabric;
beforeAll(async () => {
  fabric = await Fabric.create(names.fabric, runCommand);
  for (const netns of homes) await createNetns(netns, runCommand);
});
afterAll(async () => {
  for (const netns of [...homes, names.fabric]) await removeNetns(netns, runCommand);
});

/** The kernel takes a namespace down after it said so, and its links with it: then the next pass of many finds out. */
async function differenceAfterPasses(vpc: Vpc): Promise<readonly string[]> {
  const wanted = planFabric(vpc).map(keyOf).sort();
  for (let pass = 1; ; pass++) {
    await fabric.apply(vpc);
    const present = (await readFabric(names.fabric, runCommand)).map(keyOf).sort();
    if (present.join() === wanted.join() || pass === 50) return differenceOf(wanted, present);
  }
}

function differenceOf(wanted: readonly string[], present: readonly string[]): readonly string[] {
  const missing = wanted.filter((key) => !present.includes(key)).map((key) => `missing: ${key}`);
  const stale = present.filter((key) => !wanted.includes(key)).map((key) => `stale: ${key}`);
  return [...missing, ...stale];
}

it('makes the kernel hold what the VPC wants, whatever it held before', async () => {
  await fc.assert(
    fc.asyncProperty(anyVpc, anyMishap, async (vpc, mishap) => {
      await befall(mishap);
      expect(await differenceAfterPasses(vpc)).toEqual([]);
    }),
    { seed: 71, numRuns: 40 },
  );
}, 60_000);
