import { Hono } from 'hono';
import { mergeMetrics, metricsContentType, metricsSnapshot } from '../telemetry/telemetry.ts';
import type { Shards } from './shards.ts';

/**
 * `/metrics` of the whole cluster, `/healthz` (the manager itself is alive; looks at nothing else, so that an outage elsewhere
 * never gets it restarted) and `/readyz` (200 while every shard of this manager serves, else 503, with the ids).
 */
export function healthApp(shards: Shards): Hono {
  return new Hono()
    .get('/healthz', (context) => context.json({ status: 'ok' }))
    .get('/readyz', (context) => {
      const readiness = shards.readiness();
      return context.json(readiness, readiness.notReady.length === 0 ? 200 : 503);
    })
    .get('/metrics', async (context) => {
      const answers = await shards.ask('metrics');
      const text = await mergeMetrics([
        await metricsSnapshot(),
        ...answers.flatMap(({ value }) => (value ? [value] : [])),
      ]);
      return context.body(text, 200, { 'content-type': metricsContentType });
    });
}
