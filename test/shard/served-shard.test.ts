import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { SessionStore } from '../../src/redis/session-store.ts';
import { ShardLease } from '../../src/redis/shard-lease.ts';
import { Ownership } from '../../src/shard/ownership.ts';
import { leave } from '../../src/shard/served-shard.ts';
import { SessionMemory } from '../../src/shard/session-memory.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

const place = { tokenHash: 'hash', shardId: 0, shardCount: 1 };
const session = {
  sessionId: 'one',
  resumeUrl: 'ws://127.0.0.1:1',
  sequence: 1,
  startedAtMs: 1,
  intents: 0,
  apiVersion: '10',
  applicationId: '1',
};
const never = new AbortController().signal;

let servers: TestRedis;
let redis: Redis;
/** Of the sessions alone, so that it can fail alone. */
let forSessions: Redis;

before(async () => {
  servers = await testRedis();
});
beforeEach(async () => {
  redis = await connectRedis({ url: servers.redisStateUrl, role: 'state', log: silentLog });
  forSessions = await connectRedis({ url: servers.redisStateUrl, role: 'state', log: silentLog });
});
afterEach(() => Promise.all([closeRedis(redis), closeRedis(forSessions)]));
after(() => servers.stop());

const leaseOf = (owner: string) => new ShardLease({ redis, place, owner, leaseMs: 10_000 });

function makeShard() {
  const lost: string[] = [];
  const ownership = new Ownership({
    lease: leaseOf('one'),
    log: silentLog,
    onLost: (failure) => lost.push(failure.message),
  });
  const store = new SessionStore(forSessions, 10_000);
  return { ownership, memory: new SessionMemory({ store, place, ownership, log: silentLog }), lost };
}

test('a shard that is left is free at once, with its session', async () => {
  const shard = makeShard();
  await shard.ownership.acquire(never);
  await shard.memory.open(0, '10');
  shard.memory.begin(session, ['1']);
  shard.memory.advance(7);
  await leave(shard);
  assert.equal(await leaseOf('two').acquire(), 'acquired');
  const kept = await new SessionStore(redis, 10_000).load(place);
  assert.equal(kept?.session.sequence, 7);
  assert.deepEqual(shard.lost, []);
});

test('one whose last save fails stays owned, lest a successor is sent again what is being worked on', async () => {
  await redis.flushall();
  const shard = makeShard();
  await shard.ownership.acquire(never);
  await shard.memory.open(0, '10');
  shard.memory.begin(session, ['1']);
  forSessions.disconnect();
  await leave(shard);
  assert.notEqual(await leaseOf('two').acquire(), 'acquired');
  assert.equal(await leaseOf('two').acquire('one'), 'acquired', 'once its process has ended');
});

test('a lease that is granted to a process that leaves is given back', async () => {
  await redis.flushall();
  const { ownership } = makeShard();
  const acquiring = ownership.acquire(never);
  await ownership.release();
  await assert.rejects(acquiring, /told to end/);
  assert.equal(ownership.owned, false);
  assert.equal(await leaseOf('two').acquire(), 'acquired');
});
