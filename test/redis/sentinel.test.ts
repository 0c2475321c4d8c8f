import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { checkRedis, closeRedis, connectRedis } from '../../src/redis/redis.ts';
import { eventually } from '../helpers/eventually.ts';
import { RedisNodes } from '../helpers/redis-node.ts';
import { sentinelPassword, startWatched, watchedName, type Watched } from '../helpers/redis-sentinel.ts';
import { cacheWork, joinCache, stateWork } from '../helpers/redis-work.ts';
import { silentLog } from '../helpers/silent-log.ts';

const password = 'not-a-real-password';

let servers: RedisNodes;
let watched: Watched;

before(async () => {
  servers = await RedisNodes.make();
  watched = await startWatched(servers, password);
});
after(() => servers[Symbol.asyncDispose]());

function server(name = watchedName) {
  const url = `redis+sentinel://:${password}@127.0.0.1:1,127.0.0.1:${watched.sentinel.port}/${name}`;
  return { url, sentinelPassword };
}

test('a failover by Sentinels ends with the same clients on the new primary', async () => {
  const state = await connectRedis({ ...server(), role: 'state', log: silentLog });
  const cache = await connectRedis({ ...server(), role: 'cache', log: silentLog });
  try {
    await using member = joinCache(cache, server());
    await eventually('the bus is heard', () => member.cache.heard);
    await stateWork(state, 1);
    await watched.primary.kill();
    await eventually('the loss is noticed', async () => (await checkRedis(state, 500)) === undefined);
    await assert.rejects(state.get('any'));
    await eventually('the state works again', () => stateWork(state, 1).then(() => true), 20_000);
    assert.ok(await watched.replica.isPrimary());
    await eventually('the bus is heard again', () => member.cache.heard);
    await cacheWork(cache, server(), 2);
  } finally {
    await Promise.all([state, cache].map(closeRedis));
  }
});

test('what the Sentinels do not know is one clear failure without the password', async () => {
  const options = { ...server('another'), role: 'state', log: silentLog, deadlineMs: 500 } as const;
  await assert.rejects(connectRedis(options), (error: Error) => {
    assert.match(
      error.message,
      /^REDIS_STATE_URL: no answer from redis at another of the Sentinels 127\.0\.0\.1:1,/,
    );
    assert.ok(!error.message.includes(password));
    return true;
  });
});
