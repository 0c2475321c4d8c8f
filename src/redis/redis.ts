import { Cluster, type Redis as Single } from 'ioredis';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { within } from '../lib/within.ts';
import { openClient, type ClientOptions } from './client.ts';
import { openCluster, usableCluster } from './cluster-client.ts';
import { primaries } from './nodes.ts';
import { addressOf, variableOf, type RedisRole, type RedisServer } from './server.ts';
import { traceCommands } from './trace-commands.ts';

export type { RedisRole, RedisServer };

/** The client of one server, or of a cluster; a command with several keys must hash-tag them, see `keys.ts`. */
export type Redis = Single | Cluster;

/**
 * Connects, and keeps connected: later losses are logged once and healed in the background, commands fail meanwhile.
 * Throws a `Failure` (exit 69) when no usable connection exists within `deadlineMs` (5 s), or (78) for a wrong configuration.
 */
export async function connectRedis(
  options: ClientOptions & { readonly deadlineMs?: number },
): Promise<Redis> {
  const { deadlineMs = 5_000 } = options;
  const [variable, address] = [variableOf(options), addressOf(options)];
  const client = open(options);
  let reason = 'the connection was not accepted';
  onError(client, (error) => {
    // It follows the error that closed the connection.
    if (error.message !== 'Connection is closed.') reason = errorText(error);
  });
  try {
    await within(usable(client), deadlineMs, () => {
      const text = `${variable}: no answer from redis at ${address} within ${deadlineMs} ms: ${reason}`;
      return new Failure(`${text}; start it or correct the address`, exitCodes.unavailable);
    });
    if (await needsCluster(client)) throw nodeOfCluster(variable, address);
    return client;
  } catch (error) {
    client.disconnect();
    if (error instanceof Failure) throw error;
    const text = `${variable}: redis at ${address} refused the login: ${errorText(error)}`;
    throw new Failure(
      `${text}; correct the user, its password or its rules (docs/redis.md)`,
      exitCodes.unavailable,
    );
  }
}

/**
 * Round trip of a PING in milliseconds, of every primary of a cluster, or undefined when one is not answered in time: `status` stays
 * `ready` on a frozen server.
 */
export async function checkRedis(redis: Redis, deadlineMs: number): Promise<number | undefined> {
  const start = performance.now();
  try {
    const pings = primaries(redis).map((node) => node.ping());
    if (pings.length === 0) return undefined;
    await within(Promise.all(pings), deadlineMs, () => new Error('late'));
    return performance.now() - start;
  } catch {
    return undefined;
  }
}

/** Ends the connection after the replies under way; one that no longer answers is cut. */
export async function closeRedis(redis: Redis): Promise<void> {
  try {
    await redis.quit();
  } catch {
    redis.disconnect();
  }
}

function open(options: ClientOptions): Redis {
  const { clusterNodes } = options;
  const client = clusterNodes === undefined ? openClient(options) : openCluster({ ...options, clusterNodes });
  traceCommands(client, options.role);
  return client;
}

/** Rejects only on an answer that trying again cannot change. */
async function usable(client: Redis): Promise<void> {
  const refused = Promise.withResolvers<never>();
  onError(client, (error) => {
    if (/^(WRONGPASS|NOAUTH|NOPERM)/.test(error.message)) refused.reject(error);
  });
  const ready =
    client instanceof Cluster
      ? usableCluster(client)
      : new Promise((resolve) => client.once('ready', resolve));
  await Promise.race([ready, refused.promise]);
}

/** Of a cluster its nodes' errors: its own says only that they all failed. */
function onError(client: Redis, listener: (error: Error) => void): void {
  client.on(client instanceof Cluster ? 'node error' : 'error', listener);
}

/** One node answers for the keys of its own slots only; to the others it says MOVED, which a client of one server cannot follow. */
async function needsCluster(client: Redis): Promise<boolean> {
  if (client instanceof Cluster) return false;
  const info = await client.info('cluster').catch(() => '');
  return info.includes('cluster_enabled:1');
}

function nodeOfCluster(variable: string, address: string): Failure {
  const wanted = variable.replace('_URL', '_CLUSTER_NODES');
  const text = `${variable}: redis at ${address} is a node of a Redis Cluster`;
  return new Failure(`${text}; list some of the nodes, as host:port, in ${wanted}`, exitCodes.config);
}
