import { Hono } from 'hono';
import { mergeMetrics, metricsContentType, metricsSnapshot } from '../telemetry/telemetry.ts';
import type { Fleet } from './fleet.ts';

/**
 * `/metrics` of the whole cluster, `/healthz` (the manager itself is alive; looks at nothing else, so that an outage elsewhere
 * never gets it restarted) and `/readyz` (200 while every shard of this manager serves, else 503, with the ids).
 */
export function healthApp(fleet: Fleet): Hono {
  return new Hono()
    .get('/healthz', (context) => context.json({ status: 'ok' }))
    .get('/readyz', (context) => {
      const readiness = fleet.current.readiness();
      return context.json(readiness, readiness.notReady.length === 0 ? 200 : 503);
    })
    .get('/metrics', async (context) => {
      const answers = await fleet.current.ask('metrics');
      const text = await mergeMetrics([
        await metricsSnapshot(),
        ...answers.flatMap(({ value }) => (value ? [value] : [])),
      ]);
      return context.body(text, 200, { 'content-type': metricsContentType });
    });
}
