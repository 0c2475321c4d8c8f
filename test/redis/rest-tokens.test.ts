import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { RestLimiter } from '../../src/redis/rest-limiter.ts';
import { RestShare } from '../../src/redis/rest-share.ts';
import { RestSource } from '../../src/redis/rest-source.ts';
import { RestTokens } from '../../src/redis/rest-tokens.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze } from '../helpers/freeze.ts';
import { metricValue } from '../helpers/metric-value.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

let servers: TestRedis;
let opened: Redis[] = [];

before(async () => {
  servers = await testRedis();
});
afterEach(async () => {
  await Promise.all(opened.map(closeRedis));
  opened = [];
});
after(() => servers.stop());

async function open(): Promise<Redis> {
  const redis = await connectRedis({ url: servers.redisStateUrl, role: 'state', log: silentLog });
  opened.push(redis);
  return redis;
}

async function limiter(tokenHash: string): Promise<RestLimiter> {
  const tokens = new RestTokens(await open(), tokenHash);
  return new RestLimiter(new RestSource({ tokens, processes: 2, log: silentLog }));
}

const never = new AbortController().signal;

/** One more than the shared limit of a second, all at once. */
const many = 50;

test('no second has more requests than the limit, whoever sends them, and all are sent in the order of asking', async () => {
  const limiters = [await limiter('a'), await limiter('a')];
  const sentAt: number[] = [];
  const orders = limiters.map(() => [] as number[]);
  await Promise.all(
    limiters.flatMap((each, who) =>
      Array.from({ length: many }, async (_, index) => {
        const answered = await each.admit(never);
        sentAt.push(performance.now());
        orders[who]?.push(index);
        answered();
      }),
    ),
  );
  const expected = Array.from({ length: many }, (_, index) => index);
  assert.deepEqual(orders, [expected, expected]);
  const gaps = sentAt.slice(49).map((at, index) => at - (sentAt[index] ?? 0));
  assert.equal(gaps.length, 2 * many - 49);
  assert.ok(Math.min(...gaps) >= 1_000, `49 after ${Math.min(...gaps)} ms`);
});

test('who has one request waits for a few of a busy process, not for its queue', async () => {
  const [busy, quiet] = [await limiter('b'), await limiter('b')];
  let sent = 0;
  const stop = new AbortController();
  const queue = Array.from({ length: 400 }, async () => {
    const answered = await busy.admit(stop.signal);
    sent += 1;
    answered();
  });
  void Promise.allSettled(queue);
  await eventually('the limit is used up', () => sent >= many);
  for (let round = 0; round < 5; round++) {
    const before = sent;
    (await quiet.admit(never))();
    assert.ok(sent - before <= 12, `after ${sent - before} of the busy one`);
  }
  stop.abort();
  const outcomes = await Promise.allSettled(queue);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, sent);
});

test('a lease is full while the second is free, and exact while it is not', async () => {
  const tokens = new RestTokens(await open(), 'c');
  assert.equal((await tokens.lease(1, [])).length, 4);
  for (let lease = 1; lease < 6; lease++) await tokens.lease(1, []);
  assert.equal((await tokens.lease(1, [])).length, 1);
  const [late] = (await tokens.lease(100, [])).slice(3);
  assert.ok(late && late.startsAt - performance.now() > 0 && late.endsAt - late.startsAt <= 41);
});

test('requests that Redis has not heard of, or has lost, count when it is told', async () => {
  const redis = await open();
  const tokens = new RestTokens(redis, 'd');
  const spent = Array.from({ length: 49 }, (_, index) => ({
    name: `own ${index}`,
    arrivedBy: performance.now() - 100,
  }));
  const [token] = await tokens.lease(1, spent);
  assert.ok(token && token.startsAt > performance.now());
  const stored = await redis.keys('*');
  assert.ok(stored.includes('shoal:rest:{d}:tokens'), stored.join(' '));
  assert.ok((await redis.pttl('shoal:rest:{d}:tokens')) > 0);
});

test('what was leased and not used is free again', async () => {
  const tokens = new RestTokens(await open(), 'e');
  for (let lease = 0; lease < 20; lease++) await tokens.lease(4, []);
  const [first] = await tokens.lease(1, []);
  assert.ok(first && first.startsAt > performance.now());
  await delay(first.startsAt - performance.now() + 1_500);
  const leased = await tokens.lease(1, []);
  assert.equal(leased.length, 4);
});

test('an aborted wait ends at once and uses nothing up', async () => {
  const waiting = await limiter('f');
  const abort = new AbortController();
  const all = Array.from({ length: 200 }, () => waiting.admit(abort.signal));
  void Promise.allSettled(all);
  await all[0];
  abort.abort(new Error('enough'));
  await assert.rejects(all[199] as Promise<unknown>, /enough/);
  await assert.rejects(waiting.admit(abort.signal), /enough/);
});

test('the shares of all processes together never pass 50 in a second', () => {
  for (const processes of [1, 2, 3, 7, 16, 50, 64, 200]) {
    const share = new RestShare(processes);
    const sentAt: number[] = [];
    for (let now = 0; sentAt.length < 60; now = Math.max(now, share.nextAt())) {
      share.sent(now);
      sentAt.push(now);
    }
    // What one process sends within any one second, on average over enough of them to smooth what is less than one request.
    const perSecond = Math.max(
      ...sentAt.map((from) => sentAt.filter((at) => at >= from && at < from + 20_000).length / 20),
    );
    const inOne = Math.max(
      ...sentAt.map((from) => sentAt.filter((at) => at >= from && at < from + 1_000).length),
    );
    assert.ok(processes * perSecond <= 50 * 1.05 || inOne === 1, `${processes}: ${perSecond}`);
    assert.ok(inOne <= Math.max(1, Math.floor(50 / processes)), `${processes}: ${inOne}`);
  }
});

test('a process that calls nobody any more sees that the limit is shared again', async () => {
  const source = new RestSource({ tokens: new RestTokens(await open(), 'g'), processes: 2, log: silentLog });
  const frozen = freeze([servers.pid('redis-state')]);
  try {
    await source.next(1);
    assert.equal(await metricValue('shoal_rest_limit_shared', {}), 0);
  } finally {
    frozen.thaw();
  }
  await eventually('it is shared', async () => (await metricValue('shoal_rest_limit_shared', {})) === 1);
});
