import type { ManagerConfig } from '../config/config.ts';
import { version } from '../config/version.ts';
import { createDiscordRest } from '../discord/discord.ts';
import { serveHttp } from '../http/http.ts';
import { aborted } from '../lib/aborted.ts';
import { exitCodes, type ExitCode } from '../lib/exit-codes.ts';
import { buildInfo } from '../telemetry/cluster.ts';
import { createLogger } from '../telemetry/log.ts';
import { startMetrics } from '../telemetry/telemetry.ts';
import { adminApp } from './admin-app.ts';
import { refuseSecondManager, serveAdmin } from './admin-socket.ts';
import { fetchGatewayInfo, placeShards } from './gateway-info.ts';
import { healthApp } from './health-app.ts';
import { Shards } from './shards.ts';

/**
 * The manager: starts this host's shards and keeps them running until `stop` is aborted.
 * `onReady` is called once, when every shard serves. Resolves when everything it started has ended.
 * Throws a `Failure` when it cannot start, or when a shard cannot run at all.
 */
export async function runManager(
  config: ManagerConfig,
  stop: AbortSignal,
  onReady: () => void,
): Promise<ExitCode> {
  const log = createLogger({ process: 'manager', ...config.log });
  startMetrics({ process: 'manager' });
  buildInfo.set({ version }, 1);
  await refuseSecondManager(config.adminSocket);
  // A 401 here surfaces as the failure of the one call that the manager makes.
  const { api } = createDiscordRest({ ...config.discord, onUnauthorized: () => {} });
  const gateway = await fetchGatewayInfo(api, config.discord.apiUrl, stop);
  if (gateway === undefined) return exitCodes.ok;
  const shardCount = config.shards === 'auto' ? gateway.shards : config.shards;
  const shardIds = placeShards(shardCount, config.shardIds);
  const dailyIdentifies = gateway.session_start_limit.total;
  const shards = new Shards({ token: config.discord.token, shardIds, shardCount, dailyIdentifies, log });
  await using servers = new AsyncDisposableStack();
  const { host } = config.metrics;
  const health = servers.adopt(await serveHttp(healthApp(shards), config.metrics, 'METRICS_PORT'), (open) =>
    open.stop(),
  );
  const manager = { pid: process.pid, version, metricsUrl: `http://${host}:${health.port}/metrics` };
  servers.adopt(await serveAdmin(config.adminSocket, adminApp({ manager, shards, log })), (open) =>
    open.stop(),
  );
  log.info({ version, shardCount, shardIds, metricsUrl: manager.metricsUrl }, 'manager started');
  await shards.start();
  void shards.allReady.then(() => {
    log.info('every shard serves');
    onReady();
  });
  const fatal = await Promise.race([shards.fatal, aborted(stop)]);
  log.info('stopping');
  await shards.stop();
  if (fatal !== undefined) throw fatal;
  return exitCodes.ok;
}
