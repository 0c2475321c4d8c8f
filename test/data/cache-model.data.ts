import { after, before, test } from 'node:test';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { histories, playHistory, type Party } from '../helpers/cache-model.ts';
import { CacheProcess, type ReadVersion } from '../helpers/cache-processes.ts';
import { fuzz } from '../helpers/fuzz/fuzz.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

let servers: TestRedis;
let redis: Redis;
before(async () => {
  servers = await testRedis();
  redis = await connectRedis({ url: servers.redisUrl, role: 'cache', log: silentLog });
});
after(async () => {
  await closeRedis(redis);
  await servers.stop();
});

async function join(read: ReadVersion): Promise<Party> {
  const process = await CacheProcess.start(servers.redisUrl, read);
  return {
    read: async (key) => (await process.get(key))[0] ?? -1,
    put: (key, version) => process.put(key, version),
    end: () => process[Symbol.asyncDispose](),
  };
}

test('processes that are killed while they read and write never make another go back', () =>
  fuzz(histories, 40, (history) => playHistory(history, redis, join), 300_000));
