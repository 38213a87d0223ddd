import { afterLinkChange, type LinkChange, type PluggedEnis, vpcOf } from './plugged-enis.js';

const attached: LinkChange = {
  kind: 'attached',
  instanceId: 'i-1',
  eniId: 'eni-a',
  mac: '00:16:3e:00:00:01',
  deviceIndex: 1,
  vSwitchId: 'vsw-a',
  ips: ['10.0.0.5'],
};
const lab = { nodes: new Map([['i-1', 'tw-x-n1']]), vSwitches: [], services: ['100.100.100.200'] };
const after = (...events: readonly LinkChange[]) =>
  vpcOf(events.reduce<PluggedEnis>(afterLinkChange, new Map()), lab).enis;

it('plugs an ENI into the namespace of its instance', () => {
  expect(after(attached)).toEqual([
    {
      eniId: 'eni-a',
      mac: '00:16:3e:00:00:01',
      vSwitchId: 'vsw-a',
      ips: ['10.0.0.5'],
      netns: 'tw-x-n1',
      primary: false,
    },
  ]);
});

it('follows the addresses of an ENI', () => {
  const event: LinkChange = { ...attached, kind: 'addresses', ips: ['10.0.0.5', '10.0.0.6'] };
  expect(after(attached, event)[0]?.ips).toEqual(['10.0.0.5', '10.0.0.6']);
});

it('forgets an ENI that was detached', () => {
  expect(after(attached, { ...attached, kind: 'detached' })).toEqual([]);
});

it('leaves ENIs of other instances unplugged', () => {
  expect(after({ ...attached, instanceId: 'i-other' })[0]).not.toHaveProperty('netns');
});

it('takes device 0 for the primary ENI', () => {
  expect(after({ ...attached, deviceIndex: 0 })[0]?.primary).toBe(true);
});
