import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Breakers } from '../../src/breaker/breaker.ts';
import { SharedLimits, type Quota } from '../../src/redis/limits.ts';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { Limiter, type Use } from '../../src/shard/limiter.ts';
import { LocalLimits } from '../../src/shard/local-limits.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze, redisPid } from '../helpers/freeze.ts';
import { patient } from '../helpers/patient.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

let servers: TestRedis;
let redis: Redis;

before(async () => {
  servers = await testRedis();
  redis = patient(await connectRedis({ url: servers.redisStateUrl, role: 'state', log: silentLog }));
});
after(async () => {
  await closeRedis(redis);
  await servers.stop();
});

const user = (times: number, withinMs: number): Quota => ({ subject: 'user:1', times, withinMs });

test('so many at once', async () => {
  const limits = new SharedLimits(redis, randomUUID());
  const quotas = [user(3, 60_000)];
  for (let use = 0; use < 3; use++) assert.equal(await limits.take('a', quotas), 0);
  const wait = await limits.take('a', quotas);
  assert.ok(wait > 0 && wait <= 20_000, `${wait} ms`);
  assert.equal(await limits.take('b', quotas), 0, 'another command is not meant');
  assert.equal(await limits.take('a', [{ ...user(3, 60_000), subject: 'user:2' }]), 0, 'nor another member');
});

test('then one for each part of the time', async () => {
  const limits = new SharedLimits(redis, randomUUID());
  const startedMs = performance.now();
  let admitted = 0;
  await eventually('two more than at once', async () => {
    if ((await limits.take('a', [user(3, 600)])) === 0) admitted += 1;
    return admitted === 5;
  });
  const tookMs = performance.now() - startedMs;
  // Two parts of 200 ms; Redis's clock and ours may differ in pace.
  assert.ok(tookMs >= 390, `${tookMs} ms`);
});

test('of several quotas the strictest counts, and what is refused is counted by none', async () => {
  const limits = new SharedLimits(redis, randomUUID());
  const guild = { subject: 'guild:1', times: 2, withinMs: 60_000 };
  assert.equal(await limits.take('a', [user(1, 60_000), guild]), 0);
  assert.ok((await limits.take('a', [user(1, 60_000), guild])) > 30_000);
  assert.equal(await limits.take('a', [guild]), 0, 'the refused one was not counted');
  assert.ok((await limits.take('a', [guild])) > 0);
});

test('a quota of another size begins anew', async () => {
  const limits = new SharedLimits(redis, randomUUID());
  assert.equal(await limits.take('a', [user(1, 3_600_000)]), 0);
  assert.equal(await limits.take('a', [user(1, 5_000)]), 0);
});

test('two processes share one quota exactly', async () => {
  const file = path.join(import.meta.dirname, 'limits-process.ts');
  const args = [file, servers.redisStateUrl, randomUUID(), '40'];
  const run = () => promisify(execFile)(process.execPath, args);
  const admitted = (await Promise.all([run(), run()])).map(({ stdout }) => Number(stdout));
  // One comes back each 20 s, and both together take less.
  const sum = admitted.reduce((sum, count) => sum + count, 0);
  assert.equal(sum, 30, admitted.join(' + '));
});

test('a process for itself counts as Redis does, and forgets what is whole', () => {
  const local = new LocalLimits();
  const quotas = [user(2, 1_000)];
  assert.deepEqual(
    [0, 0, 0, 500, 500, 5_000, 5_000, 5_000].map((now) => local.take('a', quotas, now)),
    [0, 0, 500, 0, 500, 0, 0, 500],
  );
});

test('with Redis frozen each process counts for itself, soon without waiting; what needs Redis is refused', async () => {
  await using opened = new AsyncDisposableStack();
  const server = { url: servers.redisStateUrl, role: 'state', log: silentLog } as const;
  const state = opened.adopt(await connectRedis(server), closeRedis);
  const breakers = opened.adopt(new Breakers(silentLog), (all) => all.stop());
  const breaker = breakers.add({ name: 'limits', resetMs: 300, probe: () => state.ping() });
  const shared = new SharedLimits(state, randomUUID());
  const limiter = new Limiter({ shared, breaker, log: silentLog });
  const use = (more: Partial<Use> = {}) => {
    return limiter.take({ of: 'a', label: 'a', quotas: [user(3, 60_000)], needsRedis: false, ...more });
  };
  for (let count = 0; count < 5; count++) await use({ of: 'warm', quotas: [user(9, 60_000)] });
  const frozen = freeze([await redisPid(state)]);
  try {
    // The breaker needs more failures than it has seen successes.
    const seen = await Promise.all(Array.from({ length: 8 }, () => use()));
    assert.equal(seen.filter(({ kind }) => kind === 'admitted').length, 3);
    assert.equal(breaker.status().state, 'open');
    const startedMs = performance.now();
    assert.equal((await use()).kind, 'limited');
    assert.equal((await use({ needsRedis: true })).kind, 'unknown');
    assert.deepEqual(await use({ quotas: [], needsRedis: true }), { kind: 'admitted' }, 'nothing to count');
    // Two of them would have waited 500 ms each for Redis.
    assert.ok(performance.now() - startedMs < 900, 'an open breaker waits for nobody');
  } finally {
    frozen.thaw();
  }
  await eventually('the breaker closes', () => breaker.status().state === 'closed', 15_000);
  const other = { of: 'other', quotas: [user(1, 60_000)], needsRedis: true };
  assert.deepEqual([(await use(other)).kind, (await use(other)).kind], ['admitted', 'limited']);
});
