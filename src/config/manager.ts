import { hostname } from 'node:os';
import { discordConfig, type DiscordConfig } from './discord.ts';
import { readVariables, type Environment } from './environment.ts';
import { logConfig, type LogConfig } from './log.ts';
import { placementNames, placementOf, type Placement } from './placement.ts';
import { stateRedis, type RedisConfig } from './redis.ts';
import { shardNames } from './shard.ts';
import { releaseOf, type Release } from './release.ts';
import { tracingConfig, type TracingConfig } from './tracing.ts';

export interface ManagerConfig {
  readonly release: Release;
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

/** Checks what the shards will need too, so that a wrong variable is one message and not one per shard. */
export function managerConfig(environment: Environment, hostName = hostname()): ManagerConfig {
  const names = [
    ...shardNames,
    ...placementNames,
    'SHARDS_PER_PROCESS',
    'METRICS_HOST',
    'METRICS_PORT',
    'ADMIN_SOCKET',
  ] as const;
  const values = readVariables(environment, names);
  return {
    release: releaseOf(values),
    log: logConfig(values, environment),
    tracing: tracingConfig(values),
    discord: discordConfig(values),
    shards: values.DISCORD_SHARDS,
    placement: placementOf(values, hostName),
    shardsPerProcess: values.SHARDS_PER_PROCESS,
    state: stateRedis(values),
    metrics: { host: values.METRICS_HOST, port: values.METRICS_PORT },
    adminSocket: values.ADMIN_SOCKET,
  };
}
