import { Cluster, type Redis } from 'ioredis';
import { hostPortText, type HostPort } from '../lib/host-port.ts';
import { connectionOptions, retryDelay, type ClientOptions } from './client.ts';
import { measure, measureConnection } from './measure.ts';
import { anyPrimary } from './nodes.ts';
import { reportChanges } from './report.ts';
import { addressOf, tlsOf } from './server.ts';

/** How often the cluster is asked which node has which slots, beside every MOVED: so late a new primary is found. */
const slotsRefreshMs = 3_000;

/** While slots move, the two keys of a script may be apart for an instant (TRYAGAIN); five tries end within the command's limit. */
const tryAgainMs = 10;
const maxRedirections = 5;

/**
 * A client of a Redis Cluster under the rules of `openClient`. What a node fails is not tried again elsewhere, as ioredis would:
 * its retries outlast the command's limit, and send later what the caller has given up. A node that is away is connected to again
 * in the background; meanwhile the commands for its slots fail at once, and those of the other nodes work.
 */
export function openCluster(
  options: ClientOptions & { readonly clusterNodes: readonly HostPort[] },
): Cluster {
  const { url, clusterNodes, role, log } = options;
  const { username, password } = new URL(url);
  const login = { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  const cluster: Cluster = new Cluster([...clusterNodes], {
    redisOptions: { ...connectionOptions(role), ...tlsOf(options), ...login },
    enableOfflineQueue: false,
    // It asks one node, which may be away or just being connected to; `usableCluster` waits for all of them.
    enableReadyCheck: false,
    clusterRetryStrategy: retryDelay,
    // Once all are away, perhaps for ever, they are given up: the listed names lead to those that took their place.
    clusterNodeRetryStrategy: (attempt) => (anyPrimary(cluster) ? retryDelay(attempt) : null),
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    retryDelayOnTryAgain: tryAgainMs,
    maxRedirections,
    slotsRefreshInterval: slotsRefreshMs,
    // Names stay names, for the certificates; the sockets look them up.
    dnsLookup: (name, done) => done(null, name),
  });
  reportChanges(cluster, log.child({ redis: role, address: addressOf(options) }));
  measure(cluster, role);
  cluster.on('+node', (node: Redis) => {
    const { host = '', port = 0, readOnly } = node.options;
    reportChanges(node, log.child({ redis: role, address: hostPortText([{ host, port }]) }));
    measureConnection(node, role);
    // At once, rather than with its first command: others that come meanwhile would fail. Replicas get no command.
    if (!readOnly) node.connect().catch(() => undefined);
  });
  return cluster;
}

/** Resolves when one primary is connected, and the others too or have failed to. */
export async function usableCluster(cluster: Cluster): Promise<void> {
  while (anyPrimary(cluster) === undefined) {
    await new Promise((resolve) => cluster.once('ready', resolve));
    await Promise.all(cluster.nodes('master').map(connectedOrNot));
  }
}

async function connectedOrNot(node: Redis): Promise<void> {
  if (node.status === 'ready') return;
  await new Promise<void>((resolve) => node.once('ready', resolve).once('close', resolve));
}
