import { fileURLToPath } from 'node:url';
import type { JobsConfig } from '../config/config.ts';
import { version } from '../config/version.ts';
import { connectDb } from '../db/db.ts';
import { requireMigrated } from '../db/migrate.ts';
import type { Feature } from '../features/feature.ts';
import { serveHttp } from '../http/http.ts';
import { exitCodes, type ExitCode } from '../lib/exit-codes.ts';
import { buildInfo } from '../telemetry/cluster.ts';
import { createLogger } from '../telemetry/log.ts';
import { startMetrics } from '../telemetry/telemetry.ts';
import { healthApp } from './health-app.ts';
import { maintenance, pruneJobsTask } from './maintenance.ts';
import { watchQueue } from './queue-watch.ts';
import { Runner } from './runner.ts';
import { Threads } from './threads.ts';

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * The jobs process: runs what is due of the features' jobs and of the maintenance, until `stop` is aborted; any number may run side by
 * side. `onReady` is called once, when it is ready for jobs. Throws a `Failure` when it cannot start.
 */
export async function runJobs(
  config: JobsConfig,
  features: readonly Feature[],
  stop: AbortSignal,
  onReady: () => void,
): Promise<ExitCode> {
  const log = createLogger({ process: 'jobs', ...config.log });
  startMetrics({ process: 'jobs' });
  buildInfo.set({ version }, 1);
  const definitions = [maintenance([pruneJobsTask]), ...features.flatMap(({ jobs = [] }) => jobs)];
  await using opened = new AsyncDisposableStack();
  const db = opened.adopt(await connectDb({ ...config.postgres, log }), (pool) => pool.close());
  await requireMigrated(db, migrations);
  const threads = opened.adopt(new Threads(), (all) => all.stop());
  const runner = new Runner(definitions, { db, threads, log });
  const { host } = config.metrics;
  const health = opened.adopt(
    await serveHttp(healthApp(runner), config.metrics, 'JOBS_METRICS_PORT'),
    (open) => open.stop(),
  );
  const kinds = definitions.map(({ kind }) => kind.name);
  log.info({ version, kinds, metricsUrl: `http://${host}:${health.port}/metrics` }, 'jobs started');
  const watching = watchQueue(definitions, db, log, stop);
  onReady();
  await runner.run(stop);
  await watching;
  log.info('stopped');
  return exitCodes.ok;
}
