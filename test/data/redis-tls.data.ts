import { test } from 'node:test';
import { closeRedis, connectRedis, type RedisServer } from '../../src/redis/redis.ts';
import { eventually } from '../helpers/eventually.ts';
import { startCluster } from '../helpers/redis-cluster.ts';
import { RedisNodes } from '../helpers/redis-node.ts';
import { sentinelPassword, startWatched, watchedName } from '../helpers/redis-sentinel.ts';
import { cacheWork, stateWork } from '../helpers/redis-work.ts';
import { silentLog } from '../helpers/silent-log.ts';

const password = 'not-a-real-password';

async function work(server: RedisServer): Promise<void> {
  const state = await connectRedis({ ...server, role: 'state', log: silentLog });
  const cache = await connectRedis({ ...server, role: 'cache', log: silentLog });
  try {
    await eventually('the state works', () => stateWork(state, 4).then(() => true));
    await cacheWork(cache, server, 4);
  } finally {
    await Promise.all([state, cache].map(closeRedis));
  }
}

test('a cluster over TLS', async () => {
  await using servers = await RedisNodes.make({ tls: true });
  const nodes = await startCluster(servers);
  const clusterNodes = nodes.map(({ port }) => ({ host: '127.0.0.1', port }));
  await work({ url: 'rediss://not-used', clusterNodes, caFile: servers.certificates?.ca });
});

test('Sentinels and what they watch over TLS, through a failover', async () => {
  await using servers = await RedisNodes.make({ tls: true });
  const { sentinel, primary, replica } = await startWatched(servers, password);
  const url = `rediss+sentinel://:${password}@127.0.0.1:${sentinel.port}/${watchedName}`;
  const server = { url, sentinelPassword, caFile: servers.certificates?.ca };
  await work(server);
  await primary.kill();
  await eventually('the replica takes over', () => replica.isPrimary(), 20_000);
  await work(server);
});
