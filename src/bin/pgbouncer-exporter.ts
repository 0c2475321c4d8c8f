import './require-node.js';
import { once } from 'node:events';
import { Hono } from 'hono';
import { pgbouncerExporterConfig, processEnvironment } from '../config/config.ts';
import { lookAtPooler } from '../db/pooler-metrics.ts';
import { serveHttp } from '../http/http.ts';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';
import { buildInfo } from '../telemetry/build-info.ts';
import { createLogger } from '../telemetry/log.ts';
import { metricsContentType, metricsText, startMetrics } from '../telemetry/telemetry.ts';

/** `/metrics` of PgBouncer, which is asked at each scrape, and `/healthz`. It outlives any absence of PgBouncer, so as to tell of it. */
await runMain('pgbouncer-exporter', async (stop) => {
  readFlags(process.argv.slice(2), {});
  const { release, log: logging, pooler, metrics } = pgbouncerExporterConfig(processEnvironment);
  const log = createLogger({ process: 'pgbouncer-exporter', ...logging });
  startMetrics({ process: 'pgbouncer-exporter' });
  buildInfo.set({ ...release }, 1);
  let before: string | undefined;
  const app = new Hono()
    .get('/healthz', (context) => context.json({ status: 'ok' }))
    .get('/metrics', async (context) => {
      const error = await lookAtPooler(pooler);
      const problem = error === undefined ? undefined : errorText(error);
      if (problem !== before)
        log.warn({ problem }, problem ? 'PgBouncer does not answer' : 'PgBouncer answers again');
      before = problem;
      return context.body(await metricsText(), 200, { 'content-type': metricsContentType });
    });
  const server = await serveHttp(app, metrics, 'PGBOUNCER_EXPORTER_PORT');
  log.info({ metricsUrl: `http://${metrics.host}:${server.port}/metrics` }, 'started');
  // `ready` is what PM2 waits for with wait_ready.
  if (process.connected) process.send?.('ready');
  if (!stop.aborted) await once(stop, 'abort');
  await server.stop();
  return exitCodes.ok;
});
