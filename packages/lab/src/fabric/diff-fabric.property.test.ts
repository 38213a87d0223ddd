import fc from 'fast-check';
import { diffFabric } from './diff-fabric.js';
import { type Fact, keyOf } from './fact.js';
import { planFabric } from './plan-fabric.js';
import type { Eni } from './vpc.js';

const settings = { seed: 20_261, numRuns: 300 };
const vSwitches = [{ vSwitchId: 'vsw-a', cidr: '10.0.0.0/24' }];

/** Up to five ENIs that share out ten addresses; each is on one of two nodes, or on none. */
const anyEnis: fc.Arbitrary<readonly Eni[]> = fc
  .record({
    owners: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 10, maxLength: 10 }),
    homes: fc.array(fc.constantFrom('n1', 'n2', undefined), { minLength: 5, maxLength: 5 }),
  })
  .map(({ owners, homes }) =>
    homes.map((netns, index) => ({
      eniId: `eni-${index}`,
      mac: `00:16:3e:00:00:0${index}`,
      vSwitchId: 'vsw-a',
      ips: owners.flatMap((owner, last) => (owner === index ? [`10.0.0.${last}`] : [])),
      primary: false,
      ...(netns === undefined ? {} : { netns }),
    })),
  );

const forAnyTwo = (check: (before: readonly Fact[], after: readonly Fact[]) => void) =>
  fc.assert(
    fc.property(anyEnis, anyEnis, (before, after) => {
      check(planFabric({ vSwitches, enis: before }), planFabric({ vSwitches, enis: after }));
    }),
    settings,
  );

it('leads from any VPC to any other', () =>
  forAnyTwo((before, after) => {
    const { gone, added } = diffFabric(before, after);
    const kernel = new Set(before.map(keyOf));
    gone.forEach((fact) => expect(kernel.delete(keyOf(fact))).toBe(true));
    added.forEach((fact) => kernel.add(keyOf(fact)));
    expect([...kernel].sort()).toEqual(after.map(keyOf).sort());
  }));

it('routes through a port only while the port is there', () =>
  forAnyTwo((before, after) => {
    const { gone, added } = diffFabric(before, after);
    const ports = new Set(portsOf(before));
    for (const fact of gone.toReversed()) {
      if (fact.kind === 'route') expect(ports).toContain(fact.port);
      if (fact.kind === 'port') ports.delete(fact.port);
    }
    for (const fact of added) {
      if (fact.kind === 'port') ports.add(fact.port);
      if (fact.kind === 'route') expect(ports).toContain(fact.port);
    }
  }));

it('has nothing to do where all is as wanted', () =>
  forAnyTwo((before) => expect(diffFabric(before, before)).toEqual({ gone: [], added: [] })));

function portsOf(facts: readonly Fact[]): string[] {
  return facts.flatMap((fact) => (fact.kind === 'port' ? [fact.port] : []));
}
