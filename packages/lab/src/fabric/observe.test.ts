import { portName } from '../run/names.js';
import { observeFabric } from './observe.js';
import { trafficOf } from './traffic.js';

const port = portName('eni-a');
const nftTable = JSON.stringify({
  nftables: [
    { metainfo: { version: '1.0.6' } },
    { table: { family: 'ip', name: 'terway_vpc', handle: 1 } },
    { counter: { name: `sent_${port}`, packets: 7, bytes: 588 } },
    { counter: { name: `received_${port}`, packets: 5, bytes: 420 } },
    { map: { name: 'received', elem: [[port, `received_${port}`]] } },
    { set: { name: 'owned', elem: [{ concat: [port, '10.0.0.5'] }] } },
    { set: { name: 'spoofed', elem: [{ elem: { val: { concat: [port, '10.0.9.9'] }, counter: { packets: 3 } } }] } },
    { set: { name: 'unowned', elem: [{ elem: { val: { concat: ['e000', '10.0.0.7'] }, counter: { packets: 2 } } }] } },
  ],
});
const ip = {
  addresses: JSON.stringify([
    {
      addr_info: [
        { family: 'inet', local: '127.0.0.1', scope: 'host' },
        { family: 'inet', local: '10.0.0.253', scope: 'global' },
      ],
    },
  ]),
  links: JSON.stringify([
    { ifname: 'nowhere' },
    { ifname: port, ifalias: 'eni-a 00:16:3e:00:00:01 tw-x-n1 primary' },
    { ifname: portName('eni-b') },
  ]),
  routes: JSON.stringify([
    { dst: 'default', dev: 'nowhere' },
    { dst: '10.0.0.5', gateway: '169.254.0.1', dev: port },
  ]),
};

it('finds the facts in what the tools print, and a port that was never finished', () => {
  expect(observeFabric(Object.values(ip).join('\n'), nftTable)).toEqual([
    { kind: 'local', ip: '10.0.0.253' },
    { kind: 'meter', port },
    { kind: 'permit', port, ip: '10.0.0.5' },
    { kind: 'port', port, eniId: 'eni-a', mac: '00:16:3e:00:00:01', netns: 'tw-x-n1', primary: true },
    { kind: 'port', port: portName('eni-b'), eniId: '', mac: '', netns: '', primary: false },
    { kind: 'route', port, ip: '10.0.0.5' },
  ]);
});

it('says which text is not what it should be', () => {
  expect(() => observeFabric(Object.values({ ...ip, routes: 'Cannot open' }).join('\n'), nftTable)).toThrow(
    "ip -j route: expected JSON, got 'Cannot op",
  );
});

it('counts per ENI, and names what was dropped', () => {
  const ports = [
    { kind: 'port', port, eniId: 'eni-a', mac: '00:16:3e:00:00:01', netns: 'tw-x-n1', primary: true },
  ] as const;
  expect(trafficOf(nftTable, ports)).toEqual({
    enis: [{ eniId: 'eni-a', sent: 7, received: 5, spoofed: [{ source: '10.0.9.9', packets: 3 }] }],
    unowned: [{ eniId: 'e000', destination: '10.0.0.7', packets: 2 }],
  });
});
