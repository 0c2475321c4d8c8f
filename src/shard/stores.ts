import { fileURLToPath } from 'node:url';
import { QUEUE_DRAIN_MS, UPSTREAM_MS } from '../../config/deadlines.ts';
import { Breakers } from '../breaker/breaker.ts';
import { createCache, type Cache } from '../cache/cache.ts';
import type { ShardConfig } from '../config/shard.ts';
import { version } from '../config/version.ts';
import { connectDb, type Db } from '../db/db.ts';
import { requireMigrated } from '../db/migrate.ts';
import type { PersonalTable } from '../db/personal-table.ts';
import { createPrivacy, type Privacy } from '../privacy/privacy.ts';
import { commandUsage } from '../queue/command-usage.ts';
import type { FactKind } from '../queue/fact.ts';
import { openWriteQueue, type WriteQueue } from '../queue/queue.ts';
import { closeRedis, connectRedis, type Redis } from '../redis/redis.ts';
import { createSettings, type Settings } from '../settings/settings.ts';
import { UpstreamHints } from '../redis/upstream-hints.ts';
import type { Logger } from '../telemetry/log.ts';
import { Upstreams, type AnyLookup } from '../upstream/upstream.ts';

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));

export interface Stores extends AsyncDisposable {
  readonly db: Db;
  readonly settings: Settings;
  readonly privacy: Privacy;
  readonly cache: Cache;
  readonly upstreams: Upstreams;
  /** Facts that may be written a moment later. */
  readonly queue: WriteQueue;
  /** All of this process. */
  readonly breakers: Breakers;
  /** The Redis that never evicts. */
  readonly state: Redis;
}

/** What the features keep, and look up. */
export interface Kinds {
  readonly personalTables: readonly PersonalTable[];
  readonly lookups: readonly AnyLookup[];
  readonly facts: readonly FactKind<never>[];
}

/** Opens what a shard keeps its data in. Throws a `Failure` when a server does not answer or the database is not migrated; then nothing stays open. */
export async function connectStores(
  config: ShardConfig,
  { personalTables, lookups, facts }: Kinds,
  log: Logger,
): Promise<Stores> {
  await using opened = new AsyncDisposableStack();
  const { guildCache, postgres, redis } = config;
  const cacheRedis = opened.adopt(await connectRedis({ ...redis.cache, role: 'cache', log }), closeRedis);
  const state = opened.adopt(await connectRedis({ ...redis.state, role: 'state', log }), closeRedis);
  const db = opened.adopt(await connectDb({ ...postgres, log }), (pool) => pool.close());
  await requireMigrated(db, migrations);
  const breakers = opened.adopt(new Breakers(log), (all) => all.stop());
  const cache = opened.adopt(createCache({ redis: cacheRedis, ...redis.cache, breakers, log }), (open) =>
    open.stop(),
  );
  const upstreams = new Upstreams({
    ...config.upstreams,
    userAgent: `Shoal/${version} (${config.links.support ?? 'a Discord bot'})`,
    deadlineMs: UPSTREAM_MS,
    cache,
    breakers,
    hints: new UpstreamHints(cacheRedis, log),
    lookups,
    log,
  });
  opened.defer(() => upstreams.stop());
  const settings = createSettings({
    db,
    cache,
    localMax: guildCache.max,
    localTtlMs: guildCache.ttlMs,
    sharedTtlSec: guildCache.sharedTtlSec,
  });
  const label = `shard-${config.shardIds[0]}`;
  const queue = opened.adopt(
    await openWriteQueue({
      root: config.writeQueueDir,
      label,
      db,
      kinds: [commandUsage, ...facts],
      log,
    }),
    (open) => open.stop(QUEUE_DRAIN_MS),
  );
  const kept = opened.move();
  return {
    db,
    settings,
    privacy: createPrivacy(db, personalTables),
    cache,
    upstreams,
    queue,
    breakers,
    state,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
