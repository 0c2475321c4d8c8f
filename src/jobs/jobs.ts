import { fileURLToPath } from 'node:url';
import { JOBS_REST_DIVISOR } from '../../config/jobs.ts';
import type { JobsConfig } from '../config/config.ts';
import { version } from '../config/version.ts';
import { connectDb } from '../db/db.ts';
import { requireMigrated } from '../db/migrate.ts';
import { createDiscordRest, tokenRefused } from '../discord/discord.ts';
import { CustomIds } from '../features/custom-id.ts';
import type { Feature } from '../features/feature.ts';
import { serveHttp } from '../http/http.ts';
import { exitCodes, type ExitCode } from '../lib/exit-codes.ts';
import { hashToken } from '../redis/identify-slots.ts';
import { closeRedis, connectRedis } from '../redis/redis.ts';
import { sharedRestGate } from '../redis/rest-gate.ts';
import { buildInfo } from '../telemetry/build-info.ts';
import { createLogger } from '../telemetry/log.ts';
import { startMetrics } from '../telemetry/telemetry.ts';
import { startTracing } from '../telemetry/tracing.ts';
import { warnOfUnhidden } from '../telemetry/unhidden-secrets.ts';
import { debugOnSignal } from './debug-signal.ts';
import { healthApp } from './health-app.ts';
import { commandUsageTask, maintenance, pruneJobsTask } from './maintenance.ts';
import { watchQueue } from './queue-watch.ts';
import { Runner } from './runner.ts';

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
  warnOfUnhidden(log, config.log.unhidden);
  debugOnSignal(log, config.log.level);
  startMetrics({ process: 'jobs' });
  buildInfo.set({ ...config.release }, 1);
  const definitions = [
    maintenance([pruneJobsTask, commandUsageTask]),
    ...features.flatMap(({ jobs = [] }) => jobs),
  ];
  await using opened = new AsyncDisposableStack();
  opened.use(await startTracing(config.tracing, { process: 'jobs', version }, log));
  const db = opened.adopt(await connectDb({ ...config.postgres, log }), (pool) => pool.close());
  await requireMigrated(db, migrations);
  const state = opened.adopt(await connectRedis({ ...config.state, role: 'state', log }), closeRedis);
  const unauthorized = Promise.withResolvers<never>();
  const tokenHash = hashToken(config.discord.token);
  const { api } = createDiscordRest({
    ...config.discord,
    onUnauthorized: () => unauthorized.reject(tokenRefused()),
    gate: sharedRestGate({ state, tokenHash, processes: JOBS_REST_DIVISOR, log }),
  });
  const customIds = new CustomIds(config.discord.token);
  const runner = new Runner(definitions, { db, api, customIds, log });
  const { host } = config.metrics;
  const health = opened.adopt(
    await serveHttp(healthApp(runner), config.metrics, 'JOBS_METRICS_PORT'),
    (open) => open.stop(),
  );
  const kinds = definitions.map(({ kind }) => kind.name);
  log.info({ version, kinds, metricsUrl: `http://${host}:${health.port}/metrics` }, 'jobs started');
  const watching = watchQueue(definitions, db, log, stop);
  onReady();
  await Promise.race([runner.run(stop), unauthorized.promise]);
  await watching;
  log.info('stopped');
  return exitCodes.ok;
}
