import { hostname } from 'node:os';
import { botProcess, type BotProcess } from './bot-process.ts';
import { readVariables, type Environment } from './environment.ts';
import { placementNames, placementOf, type Placement } from './placement.ts';
import { stateRedis, type RedisConfig } from './redis.ts';
import { shardNames } from './shard.ts';

export interface ManagerConfig extends BotProcess {
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
    ...botProcess(values, environment),
    shards: values.DISCORD_SHARDS,
    placement: placementOf(values, hostName),
    shardsPerProcess: values.SHARDS_PER_PROCESS,
    state: stateRedis(values),
    metrics: { host: values.METRICS_HOST, port: values.METRICS_PORT },
    adminSocket: values.ADMIN_SOCKET,
  };
}
