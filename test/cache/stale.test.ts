import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { after, afterEach, before, test } from 'node:test';
import { refreshDue, retryMs } from '../../src/cache/lifetimes.ts';
import { keys } from '../../src/redis/keys.ts';
import {
  away,
  itemOptions,
  joinCache,
  never,
  row,
  type JoinOptions,
  type Member,
} from '../helpers/cache-members.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze } from '../helpers/freeze.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';

let servers: TestRedis;
let members: Member[] = [];

before(async () => {
  servers = await testRedis();
});
afterEach(async () => {
  await Promise.all(members.map((member) => member.leave()));
  members = [];
});
after(() => servers.stop());

async function join(options: JoinOptions = {}): Promise<Member> {
  const member = await joinCache(servers.redisUrl, { isPatient: true, ...options });
  members.push(member);
  return member;
}

/** So that a machine which stands still for some seconds is not taken for a gap, which empties L1. */
const outlastingMs = 2_000;
const half = () => 0.5;
const refused = () => Promise.reject(Object.assign(new Error('no such column'), { code: 'refused' }));

/** Puts `key` into L2 and leaves it `ms` of freshness. */
async function leave(key: string, ms: number): Promise<void> {
  const { redis, items } = await join();
  const name = keys.cacheEntry('items', key);
  await items.get(key, row('old', 1).load);
  await eventually('L2 has it', async () => (await redis.exists(name)) === 1);
  await redis.pexpire(name, itemOptions.staleSec * 1_000 + ms);
}

test('an entry that is just over is served, marked, while one process loads it anew', async () => {
  await leave('over', -1);
  const all = [await join(), await join()];
  const source = row('new', 2);
  const release = source.hold();
  for (const { items } of [...all, ...all]) {
    const found = await items.getEntry('over', source.load);
    assert.deepEqual([found.value.text, found.version, found.stale], ['old', 1, true]);
  }
  release();
  for (const { items } of all)
    await eventually('fresh', async () => !(await items.getEntry('over', source.load)).stale);
  assert.equal((await all[0]?.items.get('over', never))?.text, 'new');
  assert.equal(source.calls, 1);
});

test('an entry that is long over is served, marked, only when the loader says that its server is away', async () => {
  await leave('long over', -10_001);
  const [a, b] = [await join(), await join()];
  await assert.rejects(b.items.get('long over', refused), /no such column/);
  await eventually('the loader is spared for a moment', async () => {
    const found = await a.items.getEntry('long over', away);
    assert.deepEqual([found.value.text, found.stale], ['old', true]);
    return (await a.items.getEntry('long over', never)) === found;
  });
  const fresh = await eventually('it is tried again', async () => {
    const now = await a.items.getEntry('long over', row('new', 2).load);
    return !now.stale && now;
  });
  assert.equal(fresh.value.text, 'new');
  await assert.rejects(b.items.get('never seen', away), /database down/);
});

test('while the database is known to be away, nobody who can be given something stale waits for it', async () => {
  await leave('first', -10_001);
  await leave('second', -10_001);
  const a = await join();
  await a.items.getEntry('first', away);
  const found = await a.items.getEntry('second', () => new Promise<never>(() => undefined));
  assert.deepEqual([found.value.text, found.stale], ['old', true]);
});

test('a load behind the back that fails leaves what was there, and is not repeated by every reader', async () => {
  await leave('failing', -1);
  const a = await join({ heartbeatMs: outlastingMs });
  const startMs = performance.now();
  let calls = 0;
  const load = () => {
    calls += 1;
    return refused();
  };
  assert.equal((await a.items.getEntry('failing', load)).stale, true);
  await eventually('it was tried', () => calls === 1);
  for (let read = 0; read < 100; read++)
    assert.equal((await a.items.getEntry('failing', load)).value.text, 'old');
  assert.ok(calls <= 1 + (performance.now() - startMs) / retryMs, `${calls} calls`);
});

test('with Redis and the database away, what L1 has is served, marked', async () => {
  const a = await join({ isPatient: false });
  await a.items.get('both', row('one', 1).load);
  const frozen = freeze([servers.pid('redis-cache')]);
  try {
    await eventually('silence is noticed', () => !a.cache.heard);
    const found = await a.items.getEntry('both', away);
    assert.deepEqual([found.value.text, found.stale], ['one', true]);
  } finally {
    frozen.thaw();
  }
});

test('a key is loaded anew before its time is over, and nobody waits for it', async () => {
  await leave('early', 30_000);
  const a = await join();
  // A load of 400 ms is expected by now to take 54: of entries with 50 ms left, 4 of 10 reads find a refresh due.
  await a.items.get('slow', async () => (await delay(400), { value: { text: 'slow' }, version: 1 }));
  const source = row('new', 2);
  const release = source.hold();
  await eventually('somebody finds it due', async () => {
    await a.redis.pexpire(keys.cacheEntry('items', 'early'), itemOptions.staleSec * 1_000 + 50);
    assert.equal((await a.items.get('early', source.load)).text, 'old');
    return source.calls === 1;
  });
  release();
});

test('whether a refresh is due is decided by XFetch', () => {
  assert.equal(refreshDue(6.9, 10, half), true, '10 ms * ln 2 = 6.93 ms');
  assert.equal(refreshDue(7, 10, half), false);
  assert.equal(
    refreshDue(0, 10, () => 0),
    true,
  );
  assert.equal(
    refreshDue(60_000, 10, () => 1 - 2 ** -53),
    false,
  );
});

test('"no row" is fresh for a shorter time, in both tiers', async () => {
  const [a, b] = [await join({ absentTtlSec: 1 }), await join()];
  await b.items.get('absent', row('default', 0).load);
  await b.items.get('present', row('row', 1).load);
  const left = async (key: string) => (await a.redis.pttl(keys.cacheEntry('items', key))) - 600_000;
  await eventually('L2 has both', async () => (await left('absent')) > 0 && (await left('present')) > 0);
  assert.ok((await left('absent')) <= 30_000);
  assert.ok((await left('present')) > 50_000);
  await a.items.get('absent soon over', row('default', 0).load);
  const source = row('first', 1);
  await eventually('a looks again', async () => {
    await a.items.get('absent soon over', source.load);
    return source.calls > 0;
  });
});

test('L1 is bounded by bytes', async () => {
  const a = await join({ heartbeatMs: outlastingMs, maxBytes: 1_000 });
  for (let item = 0; item < 10; item++) await a.items.get(`k${item}`, row('x'.repeat(100), 1).load);
  // `2:1:{"text":"…","list":["…"]}`: 227 bytes.
  assert.deepEqual(a.cache.stats(), [
    { namespace: 'items', entries: 4, maxEntries: 100, bytes: 4 * 227, maxBytes: 1_000 },
  ]);
});
