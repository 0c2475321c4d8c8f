import { parseSentinelUrl } from '../lib/sentinel-url.ts';
import { configFailure } from './environment.ts';
import type { Values } from './variables.ts';

export const redisNames = [
  'REDIS_URL',
  'REDIS_CLUSTER_NODES',
  'REDIS_STATE_URL',
  'REDIS_STATE_CLUSTER_NODES',
  'REDIS_SENTINEL_PASSWORD',
  'REDIS_CA_FILE',
] as const;

type RedisValues = Values<(typeof redisNames)[number]>;

/** How one Redis is reached, and the variable that says so. */
export interface RedisConfig {
  readonly url: string;
  readonly clusterNodes: RedisValues['REDIS_CLUSTER_NODES'];
  readonly sentinelPassword: string | undefined;
  readonly caFile: string | undefined;
  readonly variable: string;
}

export function cacheRedis(values: RedisValues): RedisConfig {
  return server(values, 'REDIS_URL', 'REDIS_CLUSTER_NODES');
}

/** What is not set for the state is as for the cache; nodes alone, or an address alone, are a Redis of their own. */
export function stateRedis(values: RedisValues): RedisConfig {
  if (values.REDIS_STATE_URL !== undefined)
    return server(values, 'REDIS_STATE_URL', 'REDIS_STATE_CLUSTER_NODES');
  if (values.REDIS_STATE_CLUSTER_NODES !== undefined)
    return server(values, 'REDIS_URL', 'REDIS_STATE_CLUSTER_NODES');
  return cacheRedis(values);
}

/** Throws a `Failure` (exit 78) where both Sentinels and a cluster are named. */
function server(
  values: RedisValues,
  url: 'REDIS_URL' | 'REDIS_STATE_URL',
  nodes: 'REDIS_CLUSTER_NODES' | 'REDIS_STATE_CLUSTER_NODES',
): RedisConfig {
  const [address = '', clusterNodes] = [values[url], values[nodes]];
  if (clusterNodes !== undefined && parseSentinelUrl(address) !== undefined)
    throw configFailure([
      `${nodes} is set, and ${url} names Sentinels. Sentinels do not watch a Redis Cluster: set ${url} to one of its nodes, or unset ${nodes}.`,
    ]);
  const variable = clusterNodes === undefined ? url : nodes;
  const { REDIS_SENTINEL_PASSWORD: sentinelPassword, REDIS_CA_FILE: caFile } = values;
  return { url: address, clusterNodes, sentinelPassword, caFile, variable };
}
