import { planHost } from './host.js';

describe('planHost', () => {
  it('lets the node forward, on the links there are and on those to come', () => {
    expect(planHost(['eth0']).map((step) => (step.kind === 'sysctl' ? `${step.key}=${step.value}` : step))).toEqual([
      'net/ipv4/conf/all/forwarding=1',
      'net/ipv4/conf/all/rp_filter=0',
      'net/ipv4/conf/default/forwarding=1',
      'net/ipv4/conf/default/rp_filter=0',
      'net/ipv4/conf/eth0/forwarding=1',
      'net/ipv4/conf/eth0/rp_filter=0',
    ]);
  });
});
