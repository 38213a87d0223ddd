import type { Vpc } from '../fabric/vpc.js';
import { LiveVpc } from './live-vpc.js';
import type { LinkChange } from './plugged-enis.js';

const attached: LinkChange = {
  kind: 'attached',
  instanceId: 'i-1',
  eniId: 'eni-a',
  mac: '00:16:3e:00:00:01',
  deviceIndex: 1,
  vSwitchId: 'vsw-a',
  ips: ['10.0.0.5'],
};

/** A fabric that remembers what it was told, and tells when a VPC comes that satisfies. */
function recording(fails: (call: number) => boolean = () => false) {
  const applied: Vpc[] = [];
  const errors: unknown[] = [];
  let arrived = (): void => undefined;
  const live = new LiveVpc({
    vSwitches: [],
    services: [],
    report: (error) => errors.push(error),
    apply: (vpc) => {
      applied.push(vpc);
      arrived();
      return fails(applied.length) ? Promise.reject(new Error('kernel says no')) : Promise.resolve();
    },
  });
  const until = (holds: (vpc: Vpc | undefined) => boolean) =>
    new Promise<void>((resolve) => {
      arrived = () => {
        if (holds(applied.at(-1))) resolve();
      };
      arrived();
    });
  return { live, errors, until };
}

const netnsOf = (vpc: Vpc | undefined) => vpc?.enis[0]?.netns;

it('plugs an ENI as soon as the cloud has attached it, and takes it away from an instance that is off', async () => {
  const { live, until } = recording();
  live.addNode('i-1', 'tw-x-n1');
  await live.start();
  try {
    live.follow(attached);
    await until((vpc) => netnsOf(vpc) === 'tw-x-n1');
    live.removeNode('i-1');
    await until((vpc) => vpc?.enis.length === 1 && netnsOf(vpc) === undefined);
  } finally {
    await live.stop();
  }
});

it('goes on after a failure', async () => {
  const { live, errors, until } = recording((call) => call === 1);
  live.addNode('i-1', 'tw-x-n1');
  await live.start();
  try {
    live.follow(attached);
    await until((vpc) => netnsOf(vpc) === 'tw-x-n1');
    expect(errors).toEqual([new Error('kernel says no')]);
  } finally {
    await live.stop();
  }
});
