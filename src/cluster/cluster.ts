import { GATEWAY_INFO_MS } from '../../config/deadlines.ts';
import type { ManagerConfig } from '../config/manager.ts';
import { version } from '../config/version.ts';
import { createDiscordRest } from '../discord/discord.ts';
import { serveHttp } from '../http/http.ts';
import { aborted } from '../lib/aborted.ts';
import { exitCodes, type ExitCode } from '../lib/exit-codes.ts';
import { hashToken } from '../redis/identify-slots.ts';
import { closeRedis, connectRedis } from '../redis/redis.ts';
import { ShardCountStore } from '../redis/shard-count.ts';
import { buildInfo } from '../telemetry/build-info.ts';
import { createLogger } from '../telemetry/log.ts';
import { startMetrics } from '../telemetry/telemetry.ts';
import { startTracing } from '../telemetry/tracing.ts';
import { warnOfUnhidden } from '../telemetry/unhidden-secrets.ts';
import { adminApp } from './admin-app.ts';
import { refuseSecondManager, serveAdmin } from './admin-socket.ts';
import { Fleet } from './fleet.ts';
import { fetchGatewayInfo } from './gateway-info.ts';
import { healthApp } from './health-app.ts';
import { noteIdentifies, watchIdentifies } from './identify-budget.ts';
import { placeShards } from './placement.ts';
import { reshardObjection } from './reshard-objection.ts';
import { Resharding } from './resharding.ts';
import { ClusterMetrics } from './cluster-metrics.ts';
import { countShards } from './shard-count.ts';
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
  warnOfUnhidden(log, config.log.unhidden);
  startMetrics({ process: 'manager' });
  buildInfo.set({ ...config.release }, 1);
  await refuseSecondManager(config.adminSocket);
  // A 401 here surfaces as the failure of the one call that the manager makes.
  const { api } = createDiscordRest({ ...config.discord, onUnauthorized: () => {} });
  const gateway = await fetchGatewayInfo(api, config.discord.apiUrl, stop);
  if (gateway === undefined) return exitCodes.ok;
  noteIdentifies(gateway);
  await using servers = new AsyncDisposableStack();
  servers.use(await startTracing(config.tracing, { process: 'manager', version }, log));
  const state = servers.adopt(await connectRedis({ ...config.state, role: 'state', log }), closeRedis);
  const store = new ShardCountStore(state, hashToken(config.discord.token));
  const shardCount = await countShards(config, gateway.shards, store, log);
  const metrics = new ClusterMetrics(log);
  const makeShards = (count: number, muted: boolean) =>
    new Shards({
      token: config.discord.token,
      shardIds: placeShards(count, config.placement),
      shardCount: count,
      perProcess: config.shardsPerProcess,
      dailyIdentifies: gateway.session_start_limit.total,
      muted,
      metrics,
      log,
    });
  const shards = makeShards(shardCount, false);
  const fleet = new Fleet(shards);
  const resharding = new Resharding({
    fleet,
    async objection(count) {
      const { session_start_limit: limit } = await api.gateway.getBot({
        signal: AbortSignal.timeout(GATEWAY_INFO_MS),
      });
      const serving = fleet.current.shardCount;
      return reshardObjection({ shardCount: count, serving, placement: config.placement, limit });
    },
    makeShards: (count) => makeShards(count, true),
    keep: (count) => store.save({ shardCount: count, configured: config.shards, atMs: Date.now() }),
    log,
    stop,
  });
  const { host } = config.metrics;
  const health = servers.adopt(
    await serveHttp(healthApp(fleet, metrics), config.metrics, 'METRICS_PORT'),
    (open) => open.stop(),
  );
  const manager = { pid: process.pid, version, metricsUrl: `http://${host}:${health.port}/metrics` };
  servers.adopt(await serveAdmin(config.adminSocket, adminApp({ manager, fleet, resharding, log })), (open) =>
    open.stop(),
  );
  const { shardIds } = shards;
  log.info({ version, shardCount, shardIds, metricsUrl: manager.metricsUrl }, 'manager started');
  void watchIdentifies(api, log, stop);
  await shards.start();
  void shards.allReady.then(() => {
    log.info('every shard serves');
    onReady();
  });
  const fatal = await Promise.race([fleet.fatal, aborted(stop)]);
  log.info('stopping');
  await fleet.stop();
  if (fatal !== undefined) throw fatal;
  return exitCodes.ok;
}
