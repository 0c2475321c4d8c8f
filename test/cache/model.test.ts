import { after, before, test } from 'node:test';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { joinCache } from '../helpers/cache-members.ts';
import { histories, playHistory, type Party } from '../helpers/cache-model.ts';
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

async function join(read: (key: string) => Promise<number | undefined>): Promise<Party> {
  const { items, leave } = await joinCache(servers.redisUrl, { maxEntries: 2 });
  const load = async (key: string) => {
    const version = await read(key);
    if (version === undefined) throw Object.assign(new Error('database away'), { code: 'unavailable' });
    return { value: { text: `v${version}` }, version };
  };
  return {
    read: async (key) => (await items.getEntry(key, () => load(key))).version,
    put: (key, version) => items.put(key, { text: `v${version}` }, version),
    end: leave,
  };
}

test('whatever is read, written, expired, evicted, cut and killed, nobody goes back, and all end at the newest', () =>
  fuzz(histories, 12, (history) => playHistory(history, redis, join)));
