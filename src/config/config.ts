import { hostname } from 'node:os';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { parseHeaderList } from '../lib/header-list.ts';
import { percentDecoded } from '../lib/percent-decoded.ts';
import { isHidden } from '../lib/scrub.ts';
import { parseSentinelUrl } from '../lib/sentinel-url.ts';
import { configFailure, readVariables, type Environment } from './environment.ts';
import { cacheRedis, redisNames, stateRedis, type RedisConfig } from './redis.ts';
import { secretNames, variableText } from './secret-files.ts';
import { tracingConfig, tracingVariables, type TracingConfig } from './tracing.ts';
import { upstreamConfig, upstreamVariables, type UpstreamConfig } from './upstreams.ts';
import type { Values } from './variables.ts';

/** The only place that reads `process.env`. Who starts other programs hands it on to them. */
export const processEnvironment: Environment = process.env;

const logging = ['NODE_ENV', 'LOG_LEVEL'] as const;
const discord = ['DISCORD_TOKEN', 'DISCORD_API_URL'] as const;
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

export interface LogConfig {
  readonly level: Values<'LOG_LEVEL'>['LOG_LEVEL'];
  readonly pretty: boolean;
  /** Values that must never be printed. */
  readonly secrets: readonly string[];
  /** The variables whose secret is too short to be hidden by its value. */
  readonly unhidden: readonly string[];
}

export interface DiscordConfig {
  readonly token: string;
  /** REST base without version, e.g. `https://discord.com/api`. */
  readonly apiUrl: string;
}

/** Which shards of the bot a host runs: all, a list, or its share as one of `count` hosts. */
export type Placement =
  | { readonly kind: 'all' }
  | { readonly kind: 'ids'; readonly ids: readonly number[] }
  | { readonly kind: 'host'; readonly ordinal: number; readonly count: number };

export interface ManagerConfig {
  readonly log: LogConfig;
  readonly tracing: TracingConfig | undefined;
  readonly discord: DiscordConfig;
  /** Shards of the whole bot, over all hosts. */
  readonly shards: 'auto' | number;
  readonly placement: Placement;
  readonly shardsPerProcess: number;
  /** The Redis that never evicts. */
  readonly state: RedisConfig;
  readonly metrics: { readonly host: string; readonly port: number };
  readonly adminSocket: string;
}

export interface ShardConfig {
  readonly log: LogConfig;
  readonly tracing: TracingConfig | undefined;
  readonly discord: DiscordConfig;
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

export interface JobsConfig {
  readonly log: LogConfig;
  readonly tracing: TracingConfig | undefined;
  readonly discord: DiscordConfig;
  /** The Redis that never evicts. */
  readonly state: RedisConfig;
  readonly postgres: { readonly url: string; readonly poolMax: number };
  readonly metrics: { readonly host: string; readonly port: number };
}

export interface PgbouncerExporterConfig {
  readonly log: LogConfig;
  readonly pooler: string;
  readonly metrics: { readonly host: string; readonly port: number };
}

export interface MigrateConfig {
  readonly log: LogConfig;
  readonly directUrl: string;
  /** The role of the bot's own connections; it is granted what it needs. */
  readonly appRole: string;
}

/** Backup, restore and db:check. */
export interface OwnerConfig {
  readonly directUrl: string;
  /** Where PostgreSQL's client programs are looked for. */
  readonly path: string;
}

export interface DeployConfig {
  readonly discord: DiscordConfig;
}

/** Checks what the shards will need too, so that a wrong variable is one message and not one per shard. */
export function managerConfig(environment: Environment, hostName = hostname()): ManagerConfig {
  const names = [
    ...logging,
    ...discord,
    ...stores,
    ...caches,
    ...queue,
    ...people,
    ...upstreamVariables,
    ...tracingVariables,
    'DISCORD_SHARDS',
    'SHARD_IDS',
    'HOST_ORDINAL',
    'HOST_COUNT',
    'SHARDS_PER_PROCESS',
    'METRICS_HOST',
    'METRICS_PORT',
    'ADMIN_SOCKET',
  ] as const;
  const values = readVariables(environment, names);
  return {
    log: logConfig(values, environment),
    tracing: tracingConfig(values),
    discord: { token: values.DISCORD_TOKEN, apiUrl: values.DISCORD_API_URL },
    shards: values.DISCORD_SHARDS,
    placement: placementOf(values, hostName),
    shardsPerProcess: values.SHARDS_PER_PROCESS,
    state: stateRedis(values),
    metrics: { host: values.METRICS_HOST, port: values.METRICS_PORT },
    adminSocket: values.ADMIN_SOCKET,
  };
}

export function shardConfig(environment: Environment): ShardConfig {
  const placement = shardPlacement(environment);
  const values = readVariables(environment, [
    ...logging,
    ...discord,
    ...stores,
    ...caches,
    ...queue,
    ...people,
    ...upstreamVariables,
    ...tracingVariables,
  ]);
  return {
    log: logConfig(values, environment),
    tracing: tracingConfig(values),
    discord: { token: values.DISCORD_TOKEN, apiUrl: values.DISCORD_API_URL },
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

export function jobsConfig(environment: Environment): JobsConfig {
  const names = [
    ...logging,
    ...discord,
    ...redisNames,
    ...tracingVariables,
    'POSTGRES_URL',
    'PG_POOL_MAX',
    'METRICS_HOST',
    'JOBS_METRICS_PORT',
    'JOBS_INSTANCE',
  ] as const;
  const values = readVariables(environment, names);
  const { METRICS_HOST: host, JOBS_METRICS_PORT: port, JOBS_INSTANCE: instance } = values;
  return {
    log: logConfig(values, environment),
    tracing: tracingConfig(values),
    discord: { token: values.DISCORD_TOKEN, apiUrl: values.DISCORD_API_URL },
    state: stateRedis(values),
    postgres: { url: values.POSTGRES_URL, poolMax: values.PG_POOL_MAX },
    metrics: { host, port: port === 0 ? 0 : port + instance },
  };
}

export function pgbouncerExporterConfig(environment: Environment): PgbouncerExporterConfig {
  const names = [...logging, 'POSTGRES_URL', 'METRICS_HOST', 'PGBOUNCER_EXPORTER_PORT'] as const;
  const values = readVariables(environment, names);
  return {
    log: logConfig(values, environment),
    pooler: values.POSTGRES_URL,
    metrics: { host: values.METRICS_HOST, port: values.PGBOUNCER_EXPORTER_PORT },
  };
}

export function migrateConfig(environment: Environment): MigrateConfig {
  const values = readVariables(environment, [...logging, 'POSTGRES_URL', 'POSTGRES_DIRECT_URL']);
  return {
    log: logConfig(values, environment),
    directUrl: values.POSTGRES_DIRECT_URL,
    appRole: decodeURIComponent(new URL(values.POSTGRES_URL).username),
  };
}

export function ownerConfig(environment: Environment): OwnerConfig {
  const { POSTGRES_DIRECT_URL: directUrl } = readVariables(environment, ['POSTGRES_DIRECT_URL']);
  return { directUrl, path: environment['PATH'] ?? '' };
}

export function deployConfig(environment: Environment): DeployConfig {
  const values = readVariables(environment, discord);
  return { discord: { token: values.DISCORD_TOKEN, apiUrl: values.DISCORD_API_URL } };
}

/** `terminal`: whether colours make sense (https://no-color.org). */
export function adminConfig(environment: Environment): {
  readonly socketPath: string;
  readonly terminal: boolean;
} {
  const socketPath = readVariables(environment, ['ADMIN_SOCKET']).ADMIN_SOCKET;
  return { socketPath, terminal: process.stdout.isTTY && !environment['NO_COLOR'] };
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

function placementOf(
  values: Values<'SHARD_IDS' | 'DISCORD_SHARDS' | 'HOST_ORDINAL' | 'HOST_COUNT'>,
  hostName: string,
): Placement {
  const { SHARD_IDS: ids, DISCORD_SHARDS: shards, HOST_ORDINAL: ordinal, HOST_COUNT: count } = values;
  if (count !== undefined && ids === undefined) return hostPlacement(count, ordinal, hostName);
  if (count !== undefined || ordinal !== undefined) {
    const problem =
      count === undefined ? 'HOST_ORDINAL needs HOST_COUNT' : 'SHARD_IDS and HOST_COUNT are set';
    throw configFailure([`${problem}. Set HOST_COUNT and HOST_ORDINAL, or SHARD_IDS, or neither.`]);
  }
  if (ids === undefined) return { kind: 'all' };
  const outside = typeof shards === 'number' ? ids.find((id) => id >= shards) : undefined;
  if (outside === undefined) return { kind: 'ids', ids };
  throw configFailure([
    `SHARD_IDS names shard ${outside}, but DISCORD_SHARDS is ${shards}. Shard ids run from 0 to DISCORD_SHARDS - 1.`,
  ]);
}

/** The pods of a StatefulSet are told apart by the number that their host names end in. */
function hostPlacement(count: number, given: number | undefined, hostName: string): Placement {
  const ordinal = given ?? Number(/-(\d{1,4})$/.exec(hostName)?.[1] ?? Number.NaN);
  if (ordinal < count) return { kind: 'host', ordinal, count };
  const problem = Number.isNaN(ordinal)
    ? `HOST_COUNT is set, HOST_ORDINAL is not, and the host name ${hostName} does not end in a number`
    : `HOST_ORDINAL is ${ordinal}, but HOST_COUNT is ${count}`;
  throw configFailure([`${problem}. Hosts are counted from 0 to HOST_COUNT - 1.`]);
}

function logConfig(values: Values<'LOG_LEVEL' | 'NODE_ENV'>, environment: Environment): LogConfig {
  // Also of what is not needed here: whoever needs it says what is wrong with it.
  const set = secretNames.flatMap((name) => {
    const given = variableText(environment, name);
    const parts = 'text' in given && given.text !== undefined ? secretParts(given.text) : [];
    return parts.filter((secret) => secret !== '').map((secret) => ({ name, secret }));
  });
  return {
    level: values.LOG_LEVEL,
    pretty: values.NODE_ENV !== 'production' && process.stdout.isTTY,
    secrets: set.map(({ secret }) => secret),
    unhidden: [...new Set(set.filter(({ secret }) => !isHidden(secret)).map(({ name }) => name))],
  };
}

/** Of a URL only the password is secret, both as written and decoded: its host belongs into error messages. Of headers each value is. */
function secretParts(text: string): string[] {
  const sentinels = parseSentinelUrl(text);
  if (sentinels !== undefined) return [sentinels.password, /:([^:@]*)@/.exec(text)?.[1] ?? ''];
  if (!URL.canParse(text)) return [text, ...Object.values(parseHeaderList(text) ?? {})];
  const { password } = new URL(text);
  return [password, percentDecoded(password) ?? ''];
}
