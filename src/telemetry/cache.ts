import { Counter, Histogram } from './telemetry.ts';

/** tier: l1, l2, load; result: hit, stale (served past its time), miss, error. A load is the loader behind both tiers (PostgreSQL). */
export const cacheRequestsTotal = new Counter({
  name: 'shoal_cache_requests_total',
  help: 'Cache look-ups, by namespace, tier and result',
  labelNames: ['namespace', 'tier', 'result'],
});

/**
 * From a write being announced to this process having dropped what was older, by the clocks of both hosts: between two of them it says
 * no more than their clocks agree, and a difference below zero counts as none. What Redis did not take is told later, and counts from
 * its write. Buckets surround the goal (0.1 s) and what staff are promised (1 s).
 */
export const invalidationLagSeconds = new Histogram({
  name: 'shoal_cache_invalidation_lag_seconds',
  help: 'Seconds from a write of another process to the old value being dropped here, by namespace',
  labelNames: ['namespace'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30],
});
