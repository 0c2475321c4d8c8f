import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Breakers } from '../../src/breaker/breaker.ts';
import { createCache, type Cache, type CacheNamespace } from '../../src/cache/cache.ts';
import { createIdentifySlots } from '../../src/redis/identify-slots.ts';
import { InteractionClaims } from '../../src/redis/interaction-claims.ts';
import { InvalidRequests } from '../../src/redis/invalid-requests.ts';
import type { ShardPlace } from '../../src/redis/keys.ts';
import { SharedLimits } from '../../src/redis/limits.ts';
import type { Redis, RedisServer } from '../../src/redis/redis.ts';
import { RestTokens } from '../../src/redis/rest-tokens.ts';
import { SessionStore, type StoredSession } from '../../src/redis/session-store.ts';
import { ShardCountStore } from '../../src/redis/shard-count.ts';
import { UpstreamHints } from '../../src/redis/upstream-hints.ts';
import { ShardLease } from '../../src/redis/shard-lease.ts';
import { eventually } from './eventually.ts';
import { silentLog } from './silent-log.ts';

const keptMs = 10_000;
const session: StoredSession = {
  sessionId: 'abc',
  resumeUrl: 'ws://127.0.0.1:1',
  sequence: 7,
  startedAtMs: 1,
  intents: 1,
  apiVersion: '10',
  applicationId: '5',
};

/** The state of one bot with `shardCount` shards: all that the bot keeps there, each script at least once. Rejects where Redis fails. */
export async function stateWork(redis: Redis, shardCount = 8): Promise<void> {
  const tokenHash = randomUUID();
  for (let shardId = 0; shardId < shardCount; shardId++)
    await shardWork(redis, { tokenHash, shardCount, shardId });
  const slots = createIdentifySlots({ redis, tokenHash, log: silentLog });
  assert.deepEqual([await slots.reserve(0), (await slots.reserve(0)) > 5_000], [0, true]);
  assert.ok((await new RestTokens(redis, tokenHash).lease(2, [])).length > 1);
  const quotas = ['user:1', 'guild:2'].map((subject) => ({ subject, times: 1, withinMs: keptMs }));
  const limits = new SharedLimits(redis, tokenHash);
  assert.equal(await limits.take('weather', quotas), 0);
  assert.ok((await limits.take('weather', quotas)) > 0);
  const counts = new ShardCountStore(redis, tokenHash);
  await counts.save({ shardCount, configured: 'auto', atMs: 1 });
  assert.equal((await counts.load())?.shardCount, shardCount);
  await counts.forget();
  const invalid = new InvalidRequests({ redis, log: silentLog, allowed: 0 });
  invalid.count(403);
  assert.ok(invalid.near);
}

async function shardWork(redis: Redis, place: ShardPlace): Promise<void> {
  const lease = new ShardLease({ redis, place, owner: 'one', leaseMs: keptMs });
  const rival = new ShardLease({ redis, place, owner: 'two', leaseMs: keptMs });
  assert.equal(await lease.acquire(), 'acquired');
  assert.notEqual(await rival.acquire(), 'acquired');
  assert.equal(await lease.renew(), true);
  const sessions = new SessionStore(redis, keptMs);
  assert.equal(await sessions.save(place, lease.epoch, session, ['1', '2']), 'saved');
  assert.deepEqual(await sessions.load(place), { session, guilds: ['1', '2'] });
  const claims = new InteractionClaims(redis, keptMs);
  const id = randomUUID();
  assert.deepEqual([await claims.claim(id, place, '1'), await claims.claim(id, place, '1')], [true, false]);
  await claims.done(id);
  await lease.release();
  assert.equal(await rival.acquire(), 'acquired');
}

export interface CacheMember extends AsyncDisposable {
  readonly cache: Cache;
  readonly texts: CacheNamespace<string>;
}

/** The cache of one more process. */
export function joinCache(redis: Redis, server: RedisServer, name = 'texts'): CacheMember {
  const breakers = new Breakers(silentLog);
  const cache = createCache({ ...server, redis, breakers, log: silentLog, heartbeatMs: 100 });
  const codec = { version: 1, encode: (text: string) => text, decode: (text: string) => text };
  const texts = cache.namespace<string>({
    name,
    maxEntries: 100,
    maxBytes: 2 ** 20,
    ttlMs: 60_000,
    sharedTtlSec: 60,
    absentTtlSec: 10,
    staleSec: 60,
    codec,
  });
  return {
    cache,
    texts,
    async [Symbol.asyncDispose]() {
      await cache.stop();
      breakers.stop();
    },
  };
}

function never(): Promise<never> {
  return Promise.reject(new Error('loaded though it is in Redis'));
}

/** Two processes share a cache: cold, warm, written, failed. Rejects where a value is wrong or a write is not seen in time. */
export async function cacheWork(redis: Redis, server: RedisServer, entries = 8): Promise<void> {
  const name = `work-${randomUUID()}`;
  const hints = new UpstreamHints(redis, silentLog);
  assert.equal(await hints.heldMs(name), 0);
  await hints.tell(name, keptMs);
  assert.ok((await hints.heldMs(name)) > 0);
  await using one = joinCache(redis, server, name);
  await using two = joinCache(redis, server, name);
  await eventually('both hear the bus', () => one.cache.heard && two.cache.heard);
  for (let entry = 0; entry < entries; entry++) {
    const key = `guild-${entry}`;
    assert.equal(await one.texts.get(key, async () => ({ value: 'old', version: 1 })), 'old');
    await eventually('the fill arrives', async () => (await two.texts.get(key, never)) === 'old');
    await one.texts.put(key, 'new', 2);
    await eventually('the write is heard', async () => (await two.texts.get(key, never)) === 'new');
  }
  await assert.rejects(
    one.texts.get('failing', () => Promise.reject(new Error('no row'))),
    /no row/,
  );
}

/** What `admin cache purge` does: the only thing that scans. */
export async function purgeWork(redis: Redis, server: RedisServer, entries = 8): Promise<void> {
  const name = `purged-${randomUUID()}`;
  await using member = joinCache(redis, server, name);
  for (let entry = 0; entry < entries; entry++) await member.texts.put(`guild-${entry}`, 'old', 1);
  // Those in Redis, and what is in memory of them.
  assert.ok((await member.cache.purge(name)) >= entries);
  assert.equal(await member.texts.get('guild-0', async () => ({ value: 'new', version: 1 })), 'new');
}
