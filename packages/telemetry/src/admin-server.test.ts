import { adminServer, type HealthCheck } from './admin-server.js';
import { createMetrics } from './metrics.js';

interface Answer {
  readonly status: number;
  readonly body: string;
}

async function ask(path: string, ready: readonly HealthCheck[] = [], method = 'GET'): Promise<Answer> {
  const metrics = createMetrics({ processMetrics: false });
  metrics.counter({ name: 'terway_ipam_leases_total', help: 'Leases' }).inc();
  const live: readonly HealthCheck[] = [{ name: 'event-loop', problem: () => undefined }];
  const server = adminServer({ name: 'admin', at: { host: '127.0.0.1', port: 0 }, metrics, live, ready });
  await server.start();
  try {
    const response = await fetch(`http://127.0.0.1:${server.port()}${path}`, { method });
    return { status: response.status, body: await response.text() };
  } finally {
    await server.stop();
  }
}

const holds: HealthCheck = { name: 'sessions', problem: () => undefined };
const fails: HealthCheck = { name: 'store', problem: async () => 'redis does not answer' };
const throws: HealthCheck = {
  name: 'journal',
  problem: () => {
    throw new Error('disk is gone');
  },
};

describe('the admin server', () => {
  it('shows the metrics', async () => {
    expect(await ask('/metrics')).toEqual({
      status: 200,
      body: '# HELP terway_ipam_leases_total Leases\n# TYPE terway_ipam_leases_total counter\nterway_ipam_leases_total 1\n',
    });
  });

  it.each<[string, string, readonly HealthCheck[], Answer]>([
    ['is ready while every check holds', '/readyz', [holds], { status: 200, body: '[+]sessions ok\nok\n' }],
    [
      'says why it is not ready',
      '/readyz',
      [holds, fails],
      { status: 503, body: '[+]sessions ok\n[-]store redis does not answer\nfailed\n' },
    ],
    [
      'takes a failing check for a problem',
      '/readyz',
      [throws],
      { status: 503, body: '[-]journal disk is gone\nfailed\n' },
    ],
    ['stays alive when it is not ready', '/livez', [fails], { status: 200, body: '[+]event-loop ok\nok\n' }],
    ['has no other page', '/', [], { status: 404, body: 'expected /metrics, /livez or /readyz\n' }],
  ])('%s', async (_, path, ready, expected) => {
    expect(await ask(path, ready)).toEqual(expected);
  });

  it('answers probes by HEAD, and refuses to be written to', async () => {
    expect(await ask('/readyz', [fails], 'HEAD')).toEqual({ status: 503, body: '' });
    expect(await ask('/readyz', [], 'POST')).toEqual({ status: 405, body: 'expected GET or HEAD, got POST\n' });
  });
});
