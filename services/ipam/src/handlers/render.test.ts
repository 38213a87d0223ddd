import type { Grant } from '@terway/ipam-core';
import { renderAddress, renderView } from './render.js';

const grant: Grant = {
  address: { ip: '10.0.0.7', eniId: 'eni-1', term: 't-1', primary: false, sinceMs: 5, state: { kind: 'idle' } },
  eni: {
    eniId: 'eni-1',
    mac: '00:16:3e:00:00:01',
    vSwitchId: 'vsw-1',
    zoneId: 'zone-a',
    cidr: '10.0.0.0/24',
    primaryIp: '10.0.0.6',
    status: 'in-use',
    seen: true,
    sinceMs: 1,
  },
};

const rendered = {
  ip: '10.0.0.7',
  term: 't-1',
  eniId: 'eni-1',
  eniMac: '00:16:3e:00:00:01',
  vswitchId: 'vsw-1',
  vswitchCidr: '10.0.0.0/24',
  gateway: '10.0.0.253',
  zoneId: 'zone-a',
};

it('gives an address with all that a datapath needs', () => {
  expect(renderAddress(grant)).toEqual(rendered);
});

it('gives a view with its addresses, directives and flags', () => {
  const leaving = { ip: '10.0.0.8', term: 't-2' };
  const flags = { renewAfterMs: 500, resync: true, recovering: false };
  expect(renderView({ idle: [grant], depart: [leaving], departing: [leaving], ...flags })).toEqual({
    ...{ idle: [rendered], depart: [leaving], departing: [leaving], ...flags },
  });
});
