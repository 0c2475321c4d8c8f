import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { InteractionClaims } from '../../src/redis/interaction-claims.ts';
import { keys, type ShardPlace } from '../../src/redis/keys.ts';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { SessionStore, type StoredSession } from '../../src/redis/session-store.ts';
import { ShardLease } from '../../src/redis/shard-lease.ts';
import { eventually } from '../helpers/eventually.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

const place: ShardPlace = { tokenHash: 'not-a-real-hash', shardCount: 4, shardId: 2 };
const session: StoredSession = {
  sessionId: 'abc',
  resumeUrl: 'ws://127.0.0.1:1',
  sequence: 7,
  startedAtMs: 1,
  intents: 1,
  apiVersion: '10',
  applicationId: '5',
};

let servers: TestRedis;
let redis: Redis;

before(async () => {
  servers = await testRedis();
  redis = await connectRedis({ url: servers.redisStateUrl, role: 'state', log: silentLog });
});
afterEach(() => redis.flushall());
after(async () => {
  await closeRedis(redis);
  await servers.stop();
});

function leaseOf(owner: string, leaseMs = 10_000, shard = place): ShardLease {
  return new ShardLease({ redis, place: shard, owner, leaseMs });
}

test('a lease has one holder until it is released, and each holder a greater epoch', async () => {
  const [one, two] = [leaseOf('one'), leaseOf('two')];
  const startedMs = performance.now();
  assert.equal(await one.acquire(), 'acquired');
  const held = await two.acquire();
  assert.ok(held !== 'acquired' && held.holder === 'one', JSON.stringify(held));
  const leasedMs = performance.now() - startedMs + held.forMs;
  assert.ok(held.forMs <= 10_000 && leasedMs >= 9_950, `${held.forMs} ms, ${leasedMs} ms after it was taken`);
  await two.release();
  assert.notEqual(await two.acquire(), 'acquired', 'only the holder releases');
  await one.release();
  assert.equal(await two.acquire(), 'acquired');
  assert.ok(Number(two.epoch) > Number(one.epoch));
  assert.deepEqual([await one.renew(), await two.renew()], [false, true]);
});

test('a holder that did not hear of it acquires again, with a new epoch', async () => {
  const one = leaseOf('one');
  await one.acquire();
  const { epoch } = one;
  assert.equal(await one.acquire(), 'acquired');
  assert.ok(Number(one.epoch) > Number(epoch));
});

test('a shard count of its own is a shard of its own', async () => {
  assert.equal(await leaseOf('one').acquire(), 'acquired');
  assert.equal(await leaseOf('two', 10_000, { ...place, shardCount: 8 }).acquire(), 'acquired');
});

test('a lease that is not renewed runs out, and its holder may renew it while nobody came', async () => {
  const [one, two] = [leaseOf('one', 50), leaseOf('two', 10_000)];
  assert.equal(await one.acquire(), 'acquired');
  await eventually('it ran out', async () => (await redis.keys('*:lease')).length === 0);
  assert.equal(await one.renew(), true);
  await eventually('two gets it', async () => (await two.acquire()) === 'acquired');
  assert.equal(await one.renew(), false);
});

test('of several successors of a dead holder one takes the lease', async () => {
  await leaseOf('dead').acquire();
  const rivals = ['one', 'two', 'three'].map((owner) => leaseOf(owner));
  const outcomes = await Promise.all(rivals.map((rival) => rival.acquire('dead')));
  assert.equal(outcomes.filter((outcome) => outcome === 'acquired').length, 1);
});

test('a Redis that comes back empty gets the lease again from its holder; a newcomer still fences it', async () => {
  const [one, two] = [leaseOf('one'), leaseOf('two')];
  await one.acquire();
  await redis.flushall();
  assert.equal(await one.renew(), true);
  assert.notEqual(await two.acquire(), 'acquired');
  await redis.flushall();
  assert.equal(await two.acquire(), 'acquired');
  assert.equal(await one.renew(), false);
});

test('a session is kept, read, and refused from an older epoch', async () => {
  const store = new SessionStore(redis, 10_000);
  const [one, two] = [leaseOf('one'), leaseOf('two')];
  await one.acquire();
  assert.equal(await store.load(place), undefined);
  assert.equal(await store.save(place, one.epoch, session, ['1', '2']), 'saved');
  assert.equal(await store.save(place, one.epoch, { ...session, sequence: 8 }, undefined), 'saved');
  const kept = { session: { ...session, sequence: 8 }, guilds: ['1', '2'] };
  assert.deepEqual(await store.load(place), kept);
  await two.acquire('one');
  assert.equal(await store.save(place, one.epoch, { ...session, sequence: 9 }, []), 'refused');
  assert.equal(await store.save(place, one.epoch, undefined, undefined), 'refused');
  assert.deepEqual(await store.load(place), kept);
  assert.equal(await store.save(place, two.epoch, undefined, undefined), 'saved');
  assert.equal(await store.load(place), undefined);
});

test('a session is forgotten in time; where its guilds are lost they are asked for', async () => {
  const store = new SessionStore(redis, 60);
  await store.save(place, '1', session, ['1']);
  await eventually('it is gone', async () => (await store.load(place)) === undefined);
  assert.equal(await store.save(place, '1', session, undefined), 'guilds wanted');
  assert.equal(await store.load(place), undefined, 'half a session is none');
});

test('what is no session in Redis is none, and is written over', async () => {
  const store = new SessionStore(redis, 10_000);
  const wrong = [
    '{',
    '[]',
    '{"sessionId":1}',
    JSON.stringify({ ...session, resumeUrl: 'file:///etc/passwd' }),
  ];
  for (const text of wrong) {
    await store.save(place, '1', session, ['1']);
    await redis.set(keys.shardSession(place), text);
    assert.equal(await store.load(place), undefined, text);
  }
  assert.equal(await store.save(place, '1', session, ['1']), 'saved');
  assert.deepEqual((await store.load(place))?.session, session);
});

test('an interaction is claimed once; what a dead owner did not answer goes to its successor', async () => {
  const claims = new InteractionClaims(redis, 10_000);
  const neighbour = { ...place, shardCount: 8 };
  assert.equal(await claims.claim('1', place, '100'), true);
  assert.equal(await claims.claim('1', place, '100'), false, 'the same owner');
  assert.equal(await claims.claim('1', neighbour, '200'), false, 'another shard count, however new');
  assert.equal(await claims.claim('1', place, '99'), false, 'an older owner');
  assert.equal(await claims.claim('1', place, '101'), true, 'the successor');
  await claims.done('1');
  assert.equal(await claims.claim('1', place, '102'), false, 'answered');
});

test('while Redis is away every call fails in time, and nothing is sent later', async () => {
  const away = await connectRedis({ url: servers.redisStateUrl, role: 'state', log: silentLog });
  const lease = new ShardLease({ redis: away, place, owner: 'one', leaseMs: 10_000 });
  await lease.acquire();
  away.disconnect();
  await assert.rejects(lease.renew());
  await assert.rejects(new SessionStore(away, 10_000).save(place, lease.epoch, session, []));
  await assert.rejects(new InteractionClaims(away, 10_000).claim('1', place, '1'));
  assert.equal(await new SessionStore(redis, 10_000).load(place), undefined);
});
