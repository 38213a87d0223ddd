import { observeLines, parseFacts } from './observe.js';

const answers = {
  links: `[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536,"qdisc":"noqueue","operstate":"UNKNOWN","link_type":"loopback","address":"00:00:00:00:00:00","broadcast":"00:00:00:00:00:00","addr_info":[{"family":"inet","local":"127.0.0.1","prefixlen":8,"scope":"host","label":"lo"}]},{"ifindex":3,"link":"eth1p","ifname":"eth1","flags":["BROADCAST","MULTICAST"],"mtu":1500,"qdisc":"noop","operstate":"DOWN","link_type":"ether","address":"76:18:7f:d6:59:1d","addr_info":[]},{"ifindex":4,"link_index":2,"ifname":"calic440f455693","flags":["BROADCAST","MULTICAST","UP","LOWER_UP"],"mtu":8500,"operstate":"UP","link_type":"ether","address":"ee:00:00:00:00:01","link_netnsid":0,"linkinfo":{"info_kind":"veth"},"addr_info":[{"family":"inet6","local":"fe80::800:ff:fe00:1","prefixlen":64,"scope":"link","tentative":true}]}]`,
  routes: `[{"dst":"default","gateway":"10.0.0.253","dev":"eth1","table":"1003","flags":["onlink"]},{"dst":"10.0.0.10","dev":"calic440f455693","scope":"link","flags":[]},{"type":"blackhole","dst":"10.77.0.0/16","flags":[]},{"type":"local","dst":"10.1.0.5","dev":"eth1","table":"local","protocol":"kernel","scope":"host","prefsrc":"10.1.0.5","flags":[]},{"dst":"fe80::/64","dev":"eth1","protocol":"kernel","metric":256,"flags":[],"pref":"medium"}]`,
  rules: `[{"priority":0,"src":"all","table":"local","protocol":"kernel"},{"priority":512,"src":"all","dst":"10.0.0.10","table":"main","protocol":"unspec"},{"priority":513,"src":"all","dst":"10.9.0.0","dstlen":16,"fwmark":"0x1","fwmask":"0xf","iif":"eth1","table":"main","suppress_prefixlen":0,"protocol":"unspec"},{"priority":2048,"src":"10.0.0.10","table":"1003","protocol":"unspec"}]`,
  neighbours: `[{"dst":"10.0.0.10","dev":"calic440f455693","lladdr":"ee:00:00:00:00:02","state":["PERMANENT"]},{"dst":"10.0.0.11","dev":"eth1","state":["FAILED"]}]`,
};
const text = `${answers.links}\n${answers.rules}\n${answers.routes}\n${answers.neighbours}\n`;

it('asks for rules before routes, so that fresh rules never seem to lead nowhere', () => {
  expect(observeLines.indexOf('rule show')).toBeLessThan(observeLines.indexOf('route show table all'));
});

describe('parseFacts', () => {
  const facts = parseFacts(text);

  it('reads links with kind, MTU, state and the index of a peer elsewhere', () => {
    expect(facts.links.slice(1)).toEqual([
      { dev: 'eth1', ifIndex: 3, mac: '76:18:7f:d6:59:1d', mtu: 1500, up: false, kind: '', peerIfIndex: undefined },
      {
        dev: 'calic440f455693',
        ifIndex: 4,
        mac: 'ee:00:00:00:00:01',
        mtu: 8500,
        up: true,
        kind: 'veth',
        peerIfIndex: 2,
      },
    ]);
  });

  it('reads addresses with prefix length and scope', () => {
    expect(facts.addresses).toEqual([
      { dev: 'lo', prefix: '127.0.0.1/8', scope: 'host' },
      { dev: 'calic440f455693', prefix: 'fe80::800:ff:fe00:1/64', scope: 'link' },
    ]);
  });

  it('reads routes that somebody set, and leaves out the kernel’s own', () => {
    expect(facts.routes).toEqual([
      { to: 'default', dev: 'eth1', via: '10.0.0.253', table: '1003', scope: 'global' },
      { to: '10.0.0.10/32', dev: 'calic440f455693', via: undefined, table: 'main', scope: 'link' },
      { to: '10.77.0.0/16', dev: '', via: undefined, table: 'main', scope: 'global' },
    ]);
  });

  it('reads rules, and says which ask for more than a prefix', () => {
    expect(facts.rules.slice(1)).toEqual([
      { priority: 512, from: undefined, to: '10.0.0.10/32', table: 'main', hasOtherSelectors: false },
      { priority: 513, from: undefined, to: '10.9.0.0/16', table: 'main', hasOtherSelectors: true },
      { priority: 2048, from: '10.0.0.10/32', to: undefined, table: '1003', hasOtherSelectors: false },
    ]);
  });

  it('reads neighbours whose MAC is known', () => {
    expect(facts.neighbours).toEqual([
      { ip: '10.0.0.10', dev: 'calic440f455693', mac: 'ee:00:00:00:00:02', permanent: true },
    ]);
  });
});
