import fc from 'fast-check';
import { doHarm } from './harms/do-harm.js';
import type { LinkEvent } from './link-event.js';
import { SimulatorError } from './simulator-error.js';
import { type TestCloud, testCloud } from './test-cloud.js';
import type { Eni } from './world.js';

/** One step: what is done, to which of the ENIs that exist, and how much of it. */
interface Step {
  readonly deed: readonly [name: string, deed: Deed];
  readonly which: number;
  readonly count: number;
  readonly place: string;
}

type Deed = (test: TestCloud, eni: Eni, step: Step) => unknown;

const deeds: Readonly<Record<string, Deed>> = {
  create: (test, _, { count, place }) =>
    test.refusal('CreateNetworkInterface', {
      VSwitchId: place,
      SecurityGroupId: 'sg-1',
      SecondaryPrivateIpAddressCount: count,
      ClientToken: `token-${count}-${place}`,
    }),
  attach: (test, eni, { count }) =>
    test.refusal('AttachNetworkInterface', {
      NetworkInterfaceId: eni.id,
      InstanceId: ['i-1', 'i-small', 'i-32'][count % 3] ?? '',
    }),
  detach: (test, eni) =>
    test.refusal('DetachNetworkInterface', {
      NetworkInterfaceId: eni.id,
      InstanceId: eni.attachment?.instanceId ?? 'i-1',
    }),
  delete: (test, eni) => test.refusal('DeleteNetworkInterface', { NetworkInterfaceId: eni.id }),
  assign: (test, eni, { count }) =>
    test.refusal('AssignPrivateIpAddresses', { NetworkInterfaceId: eni.id, SecondaryPrivateIpAddressCount: count }),
  unassign: (test, eni, { count }) =>
    test.refusal(
      'UnassignPrivateIpAddresses',
      Object.fromEntries([
        ['NetworkInterfaceId', eni.id],
        ...eni.ips.slice(1, 1 + count).map((ip, index) => [`PrivateIpAddress.${index + 1}`, ip] as const),
      ]),
    ),
  advance: (test, _, { count }) => test.cloud.clock.advance(count * 7),
  setFree: (test, _, { place, count }) => harm(test, 'setFree', { vSwitchId: place, free: count }),
  externalDetach: (test, eni) => harm(test, 'externalDetach', { eniId: eni.id }),
  externalDelete: (test, eni) => harm(test, 'externalDelete', { eniId: eni.id }),
  externalUnassign: (test, eni, { count }) =>
    harm(test, 'externalUnassign', { eniId: eni.id, ip: eni.ips[count] ?? '' }),
};

function harm(test: TestCloud, name: string, parameters: object): void {
  try {
    doHarm(test.cloud, name, parameters);
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
  }
}

const steps = fc.array(
  fc.record<Step>({
    deed: fc.constantFrom(...Object.entries(deeds)),
    which: fc.nat(1000),
    count: fc.integer({ min: 1, max: 12 }),
    place: fc.constantFrom('vsw-a', 'vsw-small', 'vsw-b'),
  }),
  { minLength: 20, maxLength: 120 },
);

function take(test: TestCloud, step: Step): void {
  const enis = test.cloud.enis();
  const eni = enis[step.which % enis.length];
  const [, deed] = step.deed;
  if (eni) deed(test, eni, step);
}

describe('any sequence of calls and harm', () => {
  it('leaves books that add up after every step', () => {
    fc.assert(
      fc.property(steps, fc.constantFrom(0, 20), (sequence, addressReleaseDelayMs) => {
        const test = testCloud({ knobs: { addressReleaseDelayMs } });
        for (const step of sequence) {
          take(test, step);
          expect(test.cloud.violations()).toEqual([]);
        }
      }),
      { seed: 4, numRuns: 150 },
    );
  });

  it('tells the lab by events exactly what is plugged in the end', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const test = testCloud();
        const plugged = new Map(test.cloud.links().plugged.map((event) => [event.eniId, event]));
        test.cloud.onLink((event) => follow(plugged, event));
        for (const step of sequence) take(test, step);
        expect(facts(plugged.values())).toEqual(facts(test.cloud.links().plugged));
      }),
      { seed: 5, numRuns: 100 },
    );
  });

  it('makes the same cloud from the same seed', () => {
    fc.assert(
      fc.property(steps, fc.nat(100), (sequence, seed) => {
        const [one, other] = [testCloud({ seed }), testCloud({ seed })];
        for (const step of sequence) {
          take(one, step);
          take(other, step);
        }
        expect(one.cloud.enis()).toEqual(other.cloud.enis());
      }),
      { seed: 6, numRuns: 30 },
    );
  });
});

function facts(events: Iterable<LinkEvent>): readonly object[] {
  return [...events].map(({ eniId, instanceId, ips }) => ({ eniId, instanceId, ips })).toSorted(byId);
}

/** Each event must fit what was told before it. */
function follow(plugged: Map<string, LinkEvent>, event: LinkEvent): void {
  expect(plugged.has(event.eniId)).toBe(event.kind !== 'attached');
  if (event.kind === 'detached') plugged.delete(event.eniId);
  else plugged.set(event.eniId, event);
}

function byId(one: { readonly eniId: string }, other: { readonly eniId: string }): number {
  return one.eniId < other.eniId ? -1 : 1;
}
