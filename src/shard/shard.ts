import { GatewayDispatchEvents, type GatewayDispatchPayload } from 'discord-api-types/v10';
import { SHARD_DRAIN_MS, SHARD_LAST_WORD_MS } from '../../config/deadlines.ts';
import { CLAIM_BREAKER_MS, CLAIM_KEPT_MS } from '../../config/sessions.ts';
import type { ShardConfig } from '../config/shard.ts';
import { version } from '../config/version.ts';
import { downloadFrom } from '../discord/attachment.ts';
import { createDiscordRest, tokenRefused } from '../discord/discord.ts';
import type { Feature } from '../features/feature.ts';
import { CustomIds } from '../features/custom-id.ts';
import { intentsOf, lookupsOf, personalTablesOf } from '../features/features.ts';
import { Channel, type Port } from '../ipc/ipc.ts';
import type { ProcessStatus, RequestsToManager, RequestsToShard } from '../ipc/messages.ts';
import { aborted } from '../lib/aborted.ts';
import { exitCodes, type ExitCode } from '../lib/exit-codes.ts';
import { inTime } from '../lib/within.ts';
import { InteractionClaims } from '../redis/interaction-claims.ts';
import { createIdentifySlots, hashToken } from '../redis/identify-slots.ts';
import { SharedLimits } from '../redis/limits.ts';
import { sharedRestGate } from '../redis/rest-gate.ts';
import { buildInfo } from '../telemetry/build-info.ts';
import { gatewayEventsTotal } from '../telemetry/gateway.ts';
import { changeLogLevel, createLogger, type Logger } from '../telemetry/log.ts';
import { processShards } from '../telemetry/process-shards.ts';
import { metricsText, startMetrics } from '../telemetry/telemetry.ts';
import { startTracing } from '../telemetry/tracing.ts';
import { CommandIds } from './command-ids.ts';
import { Gateway, type EventOrigin } from './gateway.ts';
import { startHeartbeat } from './heartbeat.ts';
import { Intake } from './intake.ts';
import { InteractionPath } from './interaction-path.ts';
import { Leaving } from './leaving.ts';
import { Limiter } from './limiter.ts';
import { Listeners } from './listeners.ts';
import { Owners } from './owners.ts';
import { connectStores } from './stores.ts';
import { recordUsage } from './usage.ts';
import { Voice } from './voice.ts';
import { warmSettings } from './warm-settings.ts';

const startedAtMs = Date.now();

/**
 * A shard process: connects its stores, then the gateway, and answers interactions until `stop` is aborted.
 * `manager` is the process that started it; on `standby` the gateway waits for its word, and `muted` it connects and leaves the
 * interactions to another set of shards until it is told to answer them. Throws a `Failure` when it cannot start
 * or Discord closes it for good.
 */
export async function runShard(
  config: ShardConfig,
  features: readonly Feature[],
  manager: Port,
  stop: AbortSignal,
  { standby = false, muted = false }: { readonly standby?: boolean; readonly muted?: boolean } = {},
): Promise<ExitCode> {
  const name = `shard ${config.shardIds.join(',')}`;
  const log = createLogger({ process: name, ...config.log });
  startMetrics({ shard: config.shardIds.join(',') });
  buildInfo.set({ ...config.release }, 1);
  processShards.set(config.shardIds.length);
  const unauthorized = Promise.withResolvers<never>();
  const heartbeat = startHeartbeat(manager);
  const kinds = {
    personalTables: personalTablesOf(features),
    lookups: lookupsOf(features),
    facts: features.flatMap(({ facts = [] }) => facts),
  };
  await using opened = new AsyncDisposableStack();
  opened.use(await startTracing(config.tracing, { process: name, version }, log));
  const stores = opened.use(await connectStores(config, kinds, log));
  const { shardCount } = config;
  const tokenHash = hashToken(config.discord.token);
  const processes = Math.ceil(shardCount / config.shardIds.length);
  const discord = createDiscordRest({
    ...config.discord,
    onUnauthorized: () => unauthorized.reject(tokenRefused()),
    gate: sharedRestGate({ state: stores.state, tokenHash, processes, log }),
  });
  const commandIds = new CommandIds(discord.api, log);
  const gateway = new Gateway({
    api: discord.api,
    token: config.discord.token,
    tokenHash,
    intents: intentsOf(features),
    shardIds: config.shardIds,
    shardCount,
    state: stores.state,
    slots: createIdentifySlots({ redis: stores.state, tokenHash, log }),
    onDispatch: (payload, from) => (voice.muted ? undefined : dispatch(payload, from, path, listeners)),
    onServing: (shardIds) => {
      const applicationId = gateway.status().find((shard) => shard.applicationId !== null)?.applicationId;
      if (typeof applicationId === 'string') void commandIds.firstAsked(applicationId);
      channel.notifyServing(shardIds);
      void warmSettings(stores.settings, gateway.guildIds.slice(0, config.guildCache.max), log);
    },
    log,
  });
  const voice = new Voice(stores.state, muted);
  heartbeat.watch(() => gateway.deaf);
  const told = new AbortController();
  const leaving = new Leaving(gateway, stores.state);
  const channel = new Channel<RequestsToManager, RequestsToShard>(manager, {
    status: () => processStatus(gateway, path),
    'metrics-text': metricsText,
    serve: () => told.abort(),
    'hand-over': () => leaving.handOver(),
    unmute: () => voice.unmute(),
    'log-level': (level) => changeLogLevel(log, level),
    'guild-settings': async (guildId) => ({ ...(await stores.settings.get(guildId)) }),
    'cache-stats': () => stores.cache.stats(),
    'cache-purge': (namespace) => stores.cache.purge(namespace),
    health: () => ({
      breakers: stores.breakers.status(),
      caches: stores.cache.stats(),
      queue: stores.queue.status(),
    }),
    breakers: () => stores.breakers.status(),
    queue: () => stores.queue.status(),
    'dead-facts': () => stores.queue.deadFacts(),
    'queue-replay': (after) => stores.queue.replay(after),
  });
  const stateBreaker = stores.breakers.add({
    name: 'redis-state',
    resetMs: CLAIM_BREAKER_MS,
    probe: () => stores.state.ping(),
  });
  const intake = new Intake({
    claims: new InteractionClaims(stores.state, CLAIM_KEPT_MS),
    breaker: stateBreaker,
    ownership: (shardId) => gateway.ownership(shardId),
    place: { tokenHash, shardCount },
    log,
  });
  const path = new InteractionPath({
    surroundings: {
      api: discord.api,
      download: downloadFrom(config.discord.apiUrl),
      db: stores.db,
      customIds: new CustomIds(config.discord.token),
      settings: stores.settings,
      privacy: stores.privacy,
      upstreams: stores.upstreams,
      links: config.links,
      shardInfo: (shardId) => shardInfo(gateway, shardId, shardCount),
      clusterStatus: (deadlineMs) => channel.request('cluster-status', deadlineMs),
      clusterHealth: (deadlineMs) => channel.request('cluster-health', deadlineMs),
      features,
      commandIds,
      owners: new Owners(discord.api, config.ownerIds, log),
    },
    intake,
    limiter: new Limiter({ shared: new SharedLimits(stores.state, tokenHash), breaker: stateBreaker, log }),
    onEnded: recordUsage(stores.queue, log),
    log,
  });
  const listeners = new Listeners(features, stores, log);
  const over = AbortSignal.any([stop, leaving.signal]);
  const stopped = aborted(over);
  const failed = Promise.race([gateway.failed, unauthorized.promise]);
  channel.notifyWarm();
  try {
    if (standby) await Promise.race([aborted(told.signal), failed, stopped]);
    if (!over.aborted) await Promise.race([gateway.connect(over), failed, stopped]);
    await Promise.race([failed, stopped]);
  } finally {
    // Also when Discord has closed one of its shards for good: the members of the others get their answers.
    if (!gateway.isTakenOver) await drain(leaving.left(), path, listeners, log);
  }
  return exitCodes.ok;
}

function dispatch(
  payload: GatewayDispatchPayload,
  { shardId, replayed }: EventOrigin,
  path: InteractionPath,
  listeners: Listeners,
): Promise<void> | undefined {
  gatewayEventsTotal.inc({ event: payload.t });
  const isInteraction = payload.t === GatewayDispatchEvents.InteractionCreate;
  const handled = isInteraction ? path.handle(payload.d, shardId, replayed) : undefined;
  const heard = listeners.hear(payload, shardId);
  return handled && heard ? Promise.all([handled, heard]).then(() => {}) : (handled ?? heard);
}

/**
 * No new work: a successor may take over at once. What is running gets its time, then a last word to its members; what was gathered is
 * heard once no more events come. A frozen peer never sends its close frame: that is not waited for beyond the last word.
 */
async function drain(
  closed: Promise<void>,
  path: InteractionPath,
  listeners: Listeners,
  log: Logger,
): Promise<void> {
  const heard = closed.then(() => listeners.settled());
  if (await inTime(path.settled(), SHARD_DRAIN_MS)) {
    await inTime(heard, SHARD_LAST_WORD_MS);
  } else {
    log.warn('cancelling the commands that are still running');
    path.cancel();
    await inTime(Promise.all([path.settled(), heard]), SHARD_LAST_WORD_MS);
  }
  log.info('stopped');
}

function processStatus(gateway: Gateway, path: InteractionPath): ProcessStatus {
  return {
    pid: process.pid,
    version,
    startedAtMs,
    rssBytes: process.memoryUsage.rss(),
    interactions: path.handled,
    shards: gateway.status(),
  };
}

function shardInfo(gateway: Gateway, shardId: number, shardCount: number) {
  const status = gateway.status().find((shard) => shard.shardId === shardId);
  if (status === undefined) throw new RangeError(`this process has no shard ${shardId}`);
  return { ...status, shardCount, startedAtMs, version };
}
