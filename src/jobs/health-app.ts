import { Hono } from 'hono';
import { metricsContentType, metricsText } from '../telemetry/telemetry.ts';
import type { Runner } from './runner.ts';

/** The queue is asked every half second; a deadline and a poll fit into this several times. */
const silentMaxMs = 10_000;

/** `/metrics`, `/healthz` (the process itself is alive; looks at nothing else) and `/readyz` (200 while the queue answers, else 503). */
export function healthApp(runner: Runner): Hono {
  return new Hono()
    .get('/healthz', (context) => context.json({ status: 'ok' }))
    .get('/readyz', (context) => {
      const ready = runner.silentMs < silentMaxMs;
      return context.json({ status: ready ? 'ready' : 'the queue does not answer' }, ready ? 200 : 503);
    })
    .get('/metrics', async (context) =>
      context.body(await metricsText(), 200, {
        'content-type': metricsContentType,
      }),
    );
}
