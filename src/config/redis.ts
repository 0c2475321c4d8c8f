import { z } from 'zod';
import { parseHostPorts } from '../lib/host-port.ts';
import { parseSentinelUrl } from '../lib/sentinel-url.ts';
import { configFailure } from './config-failure.ts';
import { hasDecodableLogin, isUrl, namesOf, type Variable } from './variable.ts';
import type { Values } from './variables.ts';

export const redisVariables = {
  REDIS_URL: {
    schema: redisUrl(),
    fix: 'Set it to the cache Redis, like redis://127.0.0.1:6379.',
    secret: true,
  },
  REDIS_CLUSTER_NODES: {
    schema: nodeList(),
    fix: 'Set it to some nodes of the Redis Cluster that is the cache, like 10.0.0.1:6379,10.0.0.2:6379, or leave it unset.',
    default: '',
  },
  REDIS_STATE_URL: {
    schema: redisUrl().optional(),
    fix: 'Set it to a Redis that never evicts (noeviction, AOF); unset, REDIS_URL serves both roles.',
    default: '',
    secret: true,
  },
  REDIS_STATE_CLUSTER_NODES: {
    schema: nodeList(),
    fix: 'Set it to some nodes of the Redis Cluster that keeps the state, like 10.0.0.1:6379,10.0.0.2:6379, or leave it unset.',
    default: '',
  },
  REDIS_SENTINEL_PASSWORD: {
    schema: z.string().optional(),
    fix: 'Set it to the password that the Sentinels themselves ask for, or leave it unset.',
    default: '',
    secret: true,
  },
  REDIS_CA_FILE: {
    schema: z.string().optional(),
    fix: 'Set it to the PEM file of the authority that signed the certificates of rediss:// servers, or leave it unset.',
    default: '',
  },
} as const satisfies Readonly<Record<string, Variable>>;

export const redisNames = namesOf(redisVariables);

type RedisValues = Values<keyof typeof redisVariables>;

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

/** Of Redis: that of Sentinels names several hosts, which no URL may by the standard. */
function redisUrl() {
  const shape = 'must be a URL that starts with redis:// or rediss://';
  return z
    .string('is not set')
    .refine(
      (text) => parseSentinelUrl(text) !== undefined || isUrl(text, ['redis', 'rediss']),
      `${shape}, or be redis+sentinel://HOST:PORT,HOST:PORT/NAME`,
    )
    .refine(hasDecodableLogin, 'has a user or password with a bare %: write it as %25');
}

function nodeList() {
  return z
    .string()
    .transform(parseHostPorts)
    .refine((nodes) => nodes !== undefined, 'must be a list of host:port')
    .optional();
}
