import { Hono } from 'hono';
import { metricsContentType } from '../telemetry/telemetry.ts';
import type { ClusterMetrics } from './cluster-metrics.ts';
import type { Fleet } from './fleet.ts';

/**
 * `/metrics` of the whole cluster, `/healthz` (the manager itself is alive; looks at nothing else, so that an outage elsewhere
 * never gets it restarted) and `/readyz` (200 while every shard of this manager serves, else 503, with the ids).
 */
export function healthApp(fleet: Fleet, metrics: ClusterMetrics): Hono {
  return new Hono()
    .get('/healthz', (context) => context.json({ status: 'ok' }))
    .get('/readyz', (context) => {
      const readiness = fleet.current.readiness();
      return context.json(readiness, readiness.notReady.length === 0 ? 200 : 503);
    })
    .get('/metrics', async (context) =>
      context.body(await metrics.text(), 200, { 'content-type': metricsContentType }),
    );
}
