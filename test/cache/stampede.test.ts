import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { CacheProcess } from '../helpers/cache-processes.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';

let servers: TestRedis;
before(async () => {
  servers = await testRedis();
});
after(() => servers.stop());

test('4 processes with 200 callers each load a cold key once', async () => {
  await using processes = new AsyncDisposableStack();
  const loads: string[] = [];
  const read = async (key: string) => {
    loads.push(key);
    await delay(50);
    return 7;
  };
  const all = await Promise.all(
    Array.from({ length: 4 }, async () =>
      processes.use(await CacheProcess.start(servers.redisUrl, read, { isPatient: true })),
    ),
  );
  for (let round = 0; round < 10; round++) {
    const versions = await Promise.all(all.map((one) => one.get(`cold${round}`, 200)));
    assert.deepEqual(versions, [[7], [7], [7], [7]]);
  }
  assert.deepEqual(
    loads,
    Array.from({ length: 10 }, (_, round) => `cold${round}`),
  );
});

test('a loader that is killed leaves its key to another process', async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const loader = await CacheProcess.start(servers.redisUrl, async () => {
    begin();
    return new Promise<never>(() => undefined);
  });
  const lost = assert.rejects(loader.get('orphan'), /SIGKILL/);
  await begun;
  await loader[Symbol.asyncDispose]();
  await lost;
  await using other = await CacheProcess.start(servers.redisUrl, async () => 1);
  assert.deepEqual(await other.get('orphan'), [1]);
});
