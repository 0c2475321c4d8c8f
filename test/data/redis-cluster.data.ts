import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Child } from '../../src/demo/child.ts';
import { closeRedis, connectRedis } from '../../src/redis/redis.ts';
import { surroundings } from '../helpers/bot.ts';
import { eventually } from '../helpers/eventually.ts';
import { startManager } from '../helpers/manager.ts';
import { runToEnd } from '../helpers/processes.ts';
import { addReplica, startCluster } from '../helpers/redis-cluster.ts';
import { RedisNodes } from '../helpers/redis-node.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { stablePort } from '../helpers/stable-port.ts';

test('the whole bot on a Redis Cluster, through a failover and a rolling restart', async () => {
  await using world = await surroundings({ shards: 2 });
  await using servers = await RedisNodes.make();
  const nodes = await startCluster(servers);
  const list = nodes.map(({ port }) => `127.0.0.1:${port}`).join(',');
  const redis = { REDIS_URL: 'redis://not-used', REDIS_CLUSTER_NODES: list, REDIS_STATE_URL: '' };
  const env = { ...world.env, ...redis };
  await new Child('deploy-commands', [], env).done();
  const guilds = await world.sandbox.guilds();
  await using manager = startManager(env);
  await manager.ready;

  async function allAnswer(command: string): Promise<void> {
    for (const { id: guildId, members } of guilds) {
      const userId = members.find(({ kind }) => kind === 'moderator')?.id ?? '';
      assert.equal((await world.sandbox.runCommand({ guildId, userId, command })).state, 'answered', command);
    }
  }
  await allAnswer('ping');
  await allAnswer('settings view');
  const sizes = await Promise.all(nodes.map((node) => node.ask('dbsize')));
  assert.ok(
    sizes.every((size) => Number(size) > 0),
    `keys by node: ${sizes.join(', ')}`,
  );

  // The third stays: a process that starts finds the cluster by what is listed.
  for (const node of nodes.slice(0, 2)) {
    const replica = await addReplica(servers, node);
    await node.kill();
    await allAnswer('ping');
    await eventually('the replica takes over', () => replica.isPrimary(), 20_000);
    await allAnswer('settings view');
  }
  const restarted = await runToEnd('admin', ['restart'], env);
  assert.equal(restarted.code, 0, restarted.stdout + restarted.stderr);
  await allAnswer('ping');
});

test('when all nodes are gone for ever, the listed names lead to those that took their place', async () => {
  await using servers = await RedisNodes.make();
  const port = await stablePort();
  const [old] = await startCluster(servers, [], { size: 1 });
  assert.ok(old);
  const clusterNodes = [old.port, port].map((listed) => ({ host: '127.0.0.1', port: listed }));
  const redis = await connectRedis({ url: 'redis://not-used', clusterNodes, role: 'state', log: silentLog });
  await using opened = new AsyncDisposableStack();
  opened.adopt(redis, closeRedis);
  await redis.set('key', 'old');
  await old.kill();
  await startCluster(servers, [], { size: 1, port });
  await eventually('the new cluster is found', () => redis.set('key', 'new'));
});
