import { botNames, botProcess, type BotProcess } from './bot-process.ts';
import { discordConfig, discordNames, type DiscordConfig } from './discord.ts';
import { readVariables, type Environment } from './environment.ts';
import { logConfig, logNames, runningNames, type LogConfig } from './log.ts';
import { redisNames, stateRedis, type RedisConfig } from './redis.ts';
import { releaseOf, type Release } from './release.ts';

/** The only place that reads `process.env`. Who starts other programs hands it on to them. */
export const processEnvironment: Environment = process.env;

export interface JobsConfig extends BotProcess {
  /** The Redis that never evicts. */
  readonly state: RedisConfig;
  readonly postgres: { readonly url: string; readonly poolMax: number };
  readonly metrics: { readonly host: string; readonly port: number };
}

export interface PgbouncerExporterConfig {
  readonly release: Release;
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

export function jobsConfig(environment: Environment): JobsConfig {
  const names = [
    ...botNames,
    ...redisNames,
    'POSTGRES_URL',
    'PG_POOL_MAX',
    'METRICS_HOST',
    'JOBS_METRICS_PORT',
    'JOBS_INSTANCE',
  ] as const;
  const values = readVariables(environment, names);
  const { METRICS_HOST: host, JOBS_METRICS_PORT: port, JOBS_INSTANCE: instance } = values;
  return {
    ...botProcess(values, environment),
    state: stateRedis(values),
    postgres: { url: values.POSTGRES_URL, poolMax: values.PG_POOL_MAX },
    metrics: { host, port: port === 0 ? 0 : port + instance },
  };
}

export function pgbouncerExporterConfig(environment: Environment): PgbouncerExporterConfig {
  const names = [...runningNames, 'POSTGRES_URL', 'METRICS_HOST', 'PGBOUNCER_EXPORTER_PORT'] as const;
  const values = readVariables(environment, names);
  return {
    release: releaseOf(values),
    log: logConfig(values, environment),
    pooler: values.POSTGRES_URL,
    metrics: { host: values.METRICS_HOST, port: values.PGBOUNCER_EXPORTER_PORT },
  };
}

export function migrateConfig(environment: Environment): MigrateConfig {
  const values = readVariables(environment, [...logNames, 'POSTGRES_URL', 'POSTGRES_DIRECT_URL']);
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
  const values = readVariables(environment, discordNames);
  return { discord: discordConfig(values) };
}

/** `terminal`: whether colours make sense (https://no-color.org). */
export function adminConfig(environment: Environment): {
  readonly socketPath: string;
  readonly terminal: boolean;
} {
  const socketPath = readVariables(environment, ['ADMIN_SOCKET']).ADMIN_SOCKET;
  return { socketPath, terminal: process.stdout.isTTY && !environment['NO_COLOR'] };
}
