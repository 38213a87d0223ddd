import { createMetrics } from './metrics.js';

describe('metrics', () => {
  it('shows what was counted, with its labels', async () => {
    const metrics = createMetrics({ processMetrics: false });
    const refusals = metrics.counter({ name: 'terway_ipam_refusals_total', help: 'Refused calls', labels: ['reason'] });
    refusals.inc({ reason: 'pool-exhausted' }, 2);
    const { contentType, body } = await metrics.expose();
    expect(contentType).toContain('text/plain');
    expect(body).toContain('terway_ipam_refusals_total{reason="pool-exhausted"} 2');
  });

  it('asks a gauge at every scrape', async () => {
    const metrics = createMetrics({ processMetrics: false });
    let idle = 3;
    metrics.gauge({ name: 'terway_ipam_idle_addresses', help: 'Idle addresses', collect: (gauge) => gauge.set(idle) });
    expect((await metrics.expose()).body).toContain('terway_ipam_idle_addresses 3');
    idle = 5;
    expect((await metrics.expose()).body).toContain('terway_ipam_idle_addresses 5');
  });

  it('keeps two processes of one test apart', async () => {
    const declaration = { name: 'terway_ipam_leases_total', help: 'Leases' } as const;
    createMetrics({ processMetrics: false }).counter(declaration).inc();
    const other = createMetrics({ processMetrics: false });
    other.counter(declaration);
    expect((await other.expose()).body).toContain('terway_ipam_leases_total 0');
  });

  it('adds the numbers of the process when asked', async () => {
    const { body } = await createMetrics({ processMetrics: true }).expose();
    expect(body).toContain('process_resident_memory_bytes');
    expect(body).toContain('nodejs_eventloop_lag_seconds');
  });

  it.each(['terway_ipam-core_leases_total', 'terway_ipam_Leases_total', 'terway_ipam__total'] as const)(
    'refuses the name %s',
    (name) => {
      const declare = () => createMetrics({ processMetrics: false }).counter({ name, help: 'x' });
      expect(declare).toThrow(`got "${name}"`);
    },
  );
});
