import { GatewayDispatchEvents, type GatewayDispatchPayload } from 'discord-api-types/v10';
import { setTimeout as delay } from 'node:timers/promises';
import { SHARD_DRAIN_MS, SHARD_LAST_WORD_MS } from '../../config/deadlines.ts';
import { CLAIM_KEPT_MS } from '../../config/sessions.ts';
import type { ShardConfig } from '../config/config.ts';
import { version } from '../config/version.ts';
import { createDiscordRest, tokenRefused } from '../discord/discord.ts';
import type { Feature } from '../features/feature.ts';
import { commandsOf, intentsOf } from '../features/features.ts';
import { Channel, type Port } from '../ipc/ipc.ts';
import type { ProcessStatus, RequestsToManager, RequestsToShard } from '../ipc/messages.ts';
import { aborted } from '../lib/aborted.ts';
import { exitCodes, type ExitCode } from '../lib/exit-codes.ts';
import { InteractionClaims } from '../redis/interaction-claims.ts';
import { createIdentifySlots, hashToken } from '../redis/identify-slots.ts';
import { gatewayEventsTotal } from '../telemetry/gateway.ts';
import { createLogger, type Logger } from '../telemetry/log.ts';
import { metricsSnapshot, startMetrics } from '../telemetry/telemetry.ts';
import { CommandRouter } from './command-router.ts';
import { Gateway, type EventOrigin } from './gateway.ts';
import { Intake } from './intake.ts';
import { connectStores } from './stores.ts';

const startedAtMs = Date.now();

/**
 * A shard process: connects its stores, then the gateway, and answers interactions until `stop` is aborted.
 * `manager` is the process that started it. Throws a `Failure` when it cannot start or Discord closes it for good.
 */
export async function runShard(
  config: ShardConfig,
  features: readonly Feature[],
  manager: Port,
  stop: AbortSignal,
): Promise<ExitCode> {
  const log = createLogger({ process: `shard ${config.shardIds.join(',')}`, ...config.log });
  startMetrics({ shard: config.shardIds.join(',') });
  const unauthorized = Promise.withResolvers<never>();
  const discord = createDiscordRest({
    ...config.discord,
    onUnauthorized: () => unauthorized.reject(tokenRefused()),
  });
  await using stores = await connectStores(config, log);
  const { shardCount } = config;
  const tokenHash = hashToken(config.discord.token);
  const gateway = new Gateway({
    api: discord.api,
    token: config.discord.token,
    tokenHash,
    intents: intentsOf(features),
    shardIds: config.shardIds,
    shardCount,
    state: stores.state,
    slots: createIdentifySlots({ redis: stores.state, tokenHash, log }),
    onDispatch: (payload, from) => dispatch(payload, from, router),
    onServing: (serving) => channel.notifyServing(serving),
    log,
  });
  const channel = new Channel<RequestsToManager, RequestsToShard>(manager, {
    status: () => processStatus(gateway, router),
    metrics: metricsSnapshot,
  });
  const intake = new Intake({
    claims: new InteractionClaims(stores.state, CLAIM_KEPT_MS),
    ownership: (shardId) => gateway.ownership(shardId),
    place: { tokenHash, shardCount },
    log,
  });
  const router = new CommandRouter({
    commands: commandsOf(features),
    surroundings: {
      api: discord.api,
      settings: stores.settings,
      links: config.links,
      shardInfo: (shardId) => shardInfo(gateway, shardId, shardCount),
      clusterStatus: (deadlineMs) => channel.request('cluster-status', deadlineMs),
    },
    intake,
    log,
  });
  const stopped = aborted(stop);
  const failed = Promise.race([gateway.failed, unauthorized.promise]);
  await Promise.race([gateway.connect(stop), failed, stopped]);
  await Promise.race([failed, stopped]);
  await drain(gateway, router, log);
  return exitCodes.ok;
}

function dispatch(
  payload: GatewayDispatchPayload,
  { shardId, replayed }: EventOrigin,
  router: CommandRouter,
): Promise<void> | undefined {
  gatewayEventsTotal.inc({ event: payload.t });
  if (payload.t !== GatewayDispatchEvents.InteractionCreate) return undefined;
  return router.handle(payload.d, shardId, replayed);
}

/**
 * No new work: a successor may take over at once. What is running gets its time, then a last word to its members. None of it waits for the gateway's close frame,
 * which a frozen peer never sends.
 */
async function drain(gateway: Gateway, router: CommandRouter, log: Logger): Promise<void> {
  const closed = gateway.handOver();
  if (await inTime(router.settled(), SHARD_DRAIN_MS)) {
    await inTime(closed, SHARD_LAST_WORD_MS);
  } else {
    log.warn('cancelling the commands that are still running');
    router.cancel();
    await inTime(router.settled(), SHARD_LAST_WORD_MS);
  }
  log.info('stopped');
}

async function inTime(work: Promise<void>, deadlineMs: number): Promise<boolean> {
  return Promise.race([work.then(() => true), delay(deadlineMs, false, { ref: false })]);
}

function processStatus(gateway: Gateway, router: CommandRouter): ProcessStatus {
  return {
    pid: process.pid,
    version,
    startedAtMs,
    rssBytes: process.memoryUsage.rss(),
    interactions: router.handled,
    shards: gateway.status(),
  };
}

function shardInfo(gateway: Gateway, shardId: number, shardCount: number) {
  const status = gateway.status().find((shard) => shard.shardId === shardId);
  if (status === undefined) throw new RangeError(`this process has no shard ${shardId}`);
  return { ...status, shardCount, startedAtMs, version };
}
