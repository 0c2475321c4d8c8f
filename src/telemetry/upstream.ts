import { Counter, Histogram } from './telemetry.ts';

/**
 * outcome: answered, absent (there is no such thing), refused (another 4xx), limited, error, timeout, unreachable, bad_body, held (not
 * called, because it is known to be away; what an open breaker holds is counted as its `rejected`). `upstream`: one of a few fixed names.
 */
export const upstreamRequestsTotal = new Counter({
  name: 'shoal_upstream_requests_total',
  help: 'Calls to external services, by how they ended',
  labelNames: ['upstream', 'outcome'],
});

/** Up to the deadline of 1.8 s. */
export const upstreamSeconds = new Histogram({
  name: 'shoal_upstream_seconds',
  help: 'Seconds that calls to external services took, however they ended',
  labelNames: ['upstream'],
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 1.5, 2],
});
