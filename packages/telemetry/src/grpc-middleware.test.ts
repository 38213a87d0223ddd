import { observeCalls } from './grpc-middleware.js';
import { createMetrics } from './metrics.js';

const noMetadata = { metadata: { get: () => [] } };

function observed(nowMs: () => number) {
  const metrics = createMetrics({ processMetrics: false });
  const outcomeOf = (error: unknown) => ({ code: 'RESOURCE_EXHAUSTED', reason: (error as Error).message });
  return { metrics, middleware: observeCalls({ metrics, part: 'ipam', outcomeOf, nowMs }) };
}

describe('the middleware of calls', () => {
  it('measures a call by method and status', async () => {
    const times = [1_000, 1_030];
    const { metrics, middleware } = observed(() => times.shift() ?? 0);
    const allocate = middleware('terway.ipam.v1.IpamService/Allocate', async (request: string) => request.length);
    expect(await allocate('four', noMetadata)).toBe(4);
    const { body } = await metrics.expose();
    expect(body).toContain('terway_ipam_call_duration_seconds_bucket{le="0.025",method="Allocate",code="OK"} 0');
    expect(body).toContain('terway_ipam_call_duration_seconds_bucket{le="0.05",method="Allocate",code="OK"} 1');
  });

  it('counts a refusal by its reason and passes it on', async () => {
    const { metrics, middleware } = observed(() => 0);
    const refused = new Error('pool-exhausted');
    const allocate = middleware('terway.ipam.v1.IpamService/Allocate', () => Promise.reject(refused));
    await expect(allocate('x', noMetadata)).rejects.toBe(refused);
    const { body } = await metrics.expose();
    expect(body).toContain('terway_ipam_refusals_total{method="Allocate",reason="pool-exhausted"} 1');
    expect(body).toContain('terway_ipam_call_duration_seconds_count{method="Allocate",code="RESOURCE_EXHAUSTED"} 1');
  });
});
