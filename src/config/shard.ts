import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { botNames, botProcess, type BotProcess } from './bot-process.ts';
import { readVariables, type Environment } from './environment.ts';
import { cacheRedis, redisNames, stateRedis, type RedisConfig } from './redis.ts';
import { upstreamConfig, upstreamNames, type UpstreamConfig } from './upstreams.ts';

const stores = ['POSTGRES_URL', 'READ_REPLICA_POSTGRES_URL', 'PG_POOL_MAX', ...redisNames] as const;
const caches = [
  'LOCAL_CACHE_GUILD_MAX',
  'LOCAL_CACHE_GUILD_TTL',
  'LOCAL_CACHE_USER_MAX',
  'LOCAL_CACHE_USER_TTL',
  'GUILD_CACHE_TTL_SEC',
] as const;
/** Facts wait there for PostgreSQL. */
const queue = ['WRITE_QUEUE_DIR'] as const;
/** Who may use what is for operators, and what members are pointed to. */
const people = ['OWNER_IDS', 'SUPPORT_URL', 'INVITE_URL'] as const;

/** What a shard process needs. */
export const shardNames = [...botNames, ...stores, ...caches, ...queue, ...people, ...upstreamNames] as const;

export interface ShardConfig extends BotProcess {
  readonly shardIds: readonly number[];
  readonly shardCount: number;
  readonly postgres: {
    readonly url: string;
    readonly replicaUrl: string | undefined;
    readonly poolMax: number;
  };
  readonly redis: { readonly cache: RedisConfig; readonly state: RedisConfig };
  readonly guildCache: { readonly max: number; readonly ttlMs: number; readonly sharedTtlSec: number };
  readonly writeQueueDir: string;
  /** Empty: the application's owner, or its team. */
  readonly ownerIds: readonly string[];
  readonly upstreams: UpstreamConfig;
  readonly links: { readonly support: string | undefined; readonly invite: string | undefined };
}

export function shardConfig(environment: Environment): ShardConfig {
  const placement = shardPlacement(environment);
  const values = readVariables(environment, shardNames);
  return {
    ...botProcess(values, environment),
    ...placement,
    postgres: {
      url: values.POSTGRES_URL,
      replicaUrl: values.READ_REPLICA_POSTGRES_URL,
      poolMax: values.PG_POOL_MAX,
    },
    redis: { cache: cacheRedis(values), state: stateRedis(values) },
    guildCache: {
      max: values.LOCAL_CACHE_GUILD_MAX,
      ttlMs: values.LOCAL_CACHE_GUILD_TTL,
      sharedTtlSec: values.GUILD_CACHE_TTL_SEC,
    },
    writeQueueDir: values.WRITE_QUEUE_DIR,
    ownerIds: values.OWNER_IDS ?? [],
    upstreams: upstreamConfig(values),
    links: { support: values.SUPPORT_URL, invite: values.INVITE_URL },
  };
}

/** What ShardingManager hands to a shard process: `SHARDS` (an id, or a JSON array of ids) and `SHARD_COUNT`. */
function shardPlacement(environment: Environment): Pick<ShardConfig, 'shardIds' | 'shardCount'> {
  const ids = /^\[?(\d+(?:,\d+)*)\]?$/
    .exec(environment['SHARDS'] ?? '')?.[1]
    ?.split(',')
    .map(Number);
  const count = Number(environment['SHARD_COUNT']);
  if (ids === undefined || !Number.isInteger(count) || count < 1) {
    throw new Failure('a shard process is started by the manager: run `npm start`', exitCodes.usage);
  }
  return { shardIds: ids, shardCount: count };
}
