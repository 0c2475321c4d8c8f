import { Counter } from './telemetry.ts';

/** tier: l1, l2, load; result: hit, stale (served past its time), miss, error. A load is the loader behind both tiers (PostgreSQL). */
export const cacheRequestsTotal = new Counter({
  name: 'shoal_cache_requests_total',
  help: 'Cache look-ups, by namespace, tier and result',
  labelNames: ['namespace', 'tier', 'result'],
});
