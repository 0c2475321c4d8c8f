import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { percentDecoded } from '../lib/percent-decoded.ts';
import { configFailure, readVariables, type Environment } from './environment.ts';
import type { Values, VariableName } from './variables.ts';

/** The only place that reads `process.env`. Who starts other programs hands it on to them. */
export const processEnvironment: Environment = process.env;

const logging = ['NODE_ENV', 'LOG_LEVEL'] as const;
const discord = ['DISCORD_TOKEN', 'DISCORD_API_URL'] as const;
const stores = ['POSTGRES_URL', 'PG_POOL_MAX', 'REDIS_URL', 'REDIS_STATE_URL'] as const;
const caches = [
  'LOCAL_CACHE_GUILD_MAX',
  'LOCAL_CACHE_GUILD_TTL',
  'LOCAL_CACHE_USER_MAX',
  'LOCAL_CACHE_USER_TTL',
  'GUILD_CACHE_TTL_SEC',
] as const;
const links = ['SUPPORT_URL', 'INVITE_URL'] as const;

export interface LogConfig {
  readonly level: Values<'LOG_LEVEL'>['LOG_LEVEL'];
  readonly pretty: boolean;
  /** Values that must never be printed. */
  readonly secrets: readonly string[];
}

export interface DiscordConfig {
  readonly token: string;
  /** REST base without version, e.g. `https://discord.com/api`. */
  readonly apiUrl: string;
}

export interface ManagerConfig {
  readonly log: LogConfig;
  readonly discord: DiscordConfig;
  /** Shards of the whole bot, over all hosts. */
  readonly shards: 'auto' | number;
  /** The shards of this host; `undefined`: all. */
  readonly shardIds: readonly number[] | undefined;
  readonly metrics: { readonly host: string; readonly port: number };
  readonly adminSocket: string;
}

export interface ShardConfig {
  readonly log: LogConfig;
  readonly discord: DiscordConfig;
  readonly shardIds: readonly number[];
  readonly shardCount: number;
  readonly postgres: { readonly url: string; readonly poolMax: number };
  readonly redis: { readonly url: string; readonly stateUrl: string };
  readonly guildCache: { readonly max: number; readonly ttlMs: number; readonly sharedTtlSec: number };
  readonly links: { readonly support: string | undefined; readonly invite: string | undefined };
}

export interface MigrateConfig {
  readonly log: LogConfig;
  readonly directUrl: string;
  /** The role of the bot's own connections; it is granted what it needs. */
  readonly appRole: string;
}

export interface DeployConfig {
  readonly discord: DiscordConfig;
}

/** Checks what the shards will need too, so that a wrong variable is one message and not one per shard. */
export function managerConfig(environment: Environment): ManagerConfig {
  const names = [
    ...logging,
    ...discord,
    ...stores,
    ...caches,
    ...links,
    'DISCORD_SHARDS',
    'SHARD_IDS',
    'METRICS_HOST',
    'METRICS_PORT',
    'ADMIN_SOCKET',
  ] as const;
  const values = readVariables(environment, names);
  checkPlacement(values.SHARD_IDS, values.DISCORD_SHARDS);
  return {
    log: logConfig(values, environment),
    discord: { token: values.DISCORD_TOKEN, apiUrl: values.DISCORD_API_URL },
    shards: values.DISCORD_SHARDS,
    shardIds: values.SHARD_IDS,
    metrics: { host: values.METRICS_HOST, port: values.METRICS_PORT },
    adminSocket: values.ADMIN_SOCKET,
  };
}

export function shardConfig(environment: Environment): ShardConfig {
  const placement = shardPlacement(environment);
  const values = readVariables(environment, [...logging, ...discord, ...stores, ...caches, ...links]);
  return {
    log: logConfig(values, environment),
    discord: { token: values.DISCORD_TOKEN, apiUrl: values.DISCORD_API_URL },
    ...placement,
    postgres: { url: values.POSTGRES_URL, poolMax: values.PG_POOL_MAX },
    redis: { url: values.REDIS_URL, stateUrl: values.REDIS_STATE_URL ?? values.REDIS_URL },
    guildCache: {
      max: values.LOCAL_CACHE_GUILD_MAX,
      ttlMs: values.LOCAL_CACHE_GUILD_TTL,
      sharedTtlSec: values.GUILD_CACHE_TTL_SEC,
    },
    links: { support: values.SUPPORT_URL, invite: values.INVITE_URL },
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

function checkPlacement(shardIds: readonly number[] | undefined, shards: 'auto' | number): void {
  const outside = typeof shards === 'number' ? shardIds?.find((id) => id >= shards) : undefined;
  if (outside === undefined) return;
  throw configFailure([
    `SHARD_IDS names shard ${outside}, but DISCORD_SHARDS is ${shards}. Shard ids run from 0 to DISCORD_SHARDS - 1.`,
  ]);
}

const secretNames = [
  'DISCORD_TOKEN',
  'POSTGRES_URL',
  'POSTGRES_DIRECT_URL',
  'REDIS_URL',
  'REDIS_STATE_URL',
] as const satisfies VariableName[];

function logConfig(values: Values<'LOG_LEVEL' | 'NODE_ENV'>, environment: Environment): LogConfig {
  const set = secretNames.flatMap((name) => environment[name] ?? []);
  return {
    level: values.LOG_LEVEL,
    pretty: values.NODE_ENV !== 'production' && process.stdout.isTTY,
    secrets: set.flatMap(secretParts).filter((secret) => secret !== ''),
  };
}

/** Of a URL only the password is secret, both as written and decoded: its host belongs into error messages. */
function secretParts(text: string): string[] {
  if (!URL.canParse(text)) return [text];
  const { password } = new URL(text);
  return [password, percentDecoded(password) ?? ''];
}
