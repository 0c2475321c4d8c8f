import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, test } from 'node:test';
import { keys } from '../../src/redis/keys.ts';
import { joinCache, never, row, type JoinOptions, type Member } from '../helpers/cache-members.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze, redisPid } from '../helpers/freeze.ts';
import { metricSamples } from '../helpers/metric-value.ts';
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

test('a value is loaded once, then served by L1, and by L2 to another process', async () => {
  const [a, b] = [await join(), await join()];
  const source = row('one', 1);
  const all = await Promise.all(Array.from({ length: 20 }, () => a.items.get('k1', source.load)));
  assert.ok(all.every(({ text }) => text === 'one'));
  assert.equal((await a.items.get('k1', never)).text, 'one');
  await eventually('L2 has it', async () => (await a.redis.exists(keys.cacheEntry('items', 'k1'))) === 1);
  assert.equal((await b.items.get('k1', never)).text, 'one');
  assert.equal(source.calls, 1);
});

test('three processes that ask for one cold key at once load it once', async () => {
  const all = [await join(), await join(), await join()];
  const source = row('cold', 1);
  const release = source.hold();
  const answers = Promise.all(
    all.flatMap(({ items }) => [items.get('cold', source.load), items.get('cold', source.load)]),
  );
  await eventually('one loads', () => source.calls === 1);
  release();
  assert.ok((await answers).every(({ text }) => text === 'cold'));
  assert.equal(source.calls, 1);
});

test('values are frozen through and through, from every tier', async () => {
  const [a, b] = [await join(), await join()];
  const loaded = await a.items.get('frozen', row('x', 1).load);
  await eventually('L2 has it', async () => (await a.redis.exists(keys.cacheEntry('items', 'frozen'))) === 1);
  for (const value of [loaded, await a.items.get('frozen', never), await b.items.get('frozen', never)]) {
    assert.throws(() => Object.assign(value, { text: 'changed' }), TypeError);
    assert.throws(() => (value.list as string[]).push('more'), TypeError);
  }
});

test('a write is seen by another process whose L1 is warm', async () => {
  const [a, b] = [await join(), await join()];
  await b.items.get('shared', row('old', 1).load);
  await a.items.put('shared', { text: 'new' }, 2);
  await eventually('b sees it', async () => (await b.items.get('shared', never)).text === 'new');
  assert.equal((await a.items.get('shared', never)).text, 'new');
  // Both are one process here, and only b hears of it from another one.
  const [lag] = (await metricSamples('shoal_cache_invalidation_lag_seconds_sum')).slice(-1);
  assert.ok(lag !== undefined && lag.value >= 0 && lag.value < 5, `${lag?.value} s`);
});

test('a load that began before a write repopulates neither tier, in no process', async () => {
  const [a, b] = [await join(), await join()];
  const outdated = row('old', 1);
  const release = outdated.hold();
  await b.items.get('marker', row('old', 1).load);
  const slow = b.items.get('race', outdated.load);
  await eventually('the load is under way', () => outdated.calls === 1);
  await a.items.put('race', { text: 'new' }, 2);
  // Messages arrive in order: once b has heard the second write, it has heard the first.
  await a.items.put('marker', { text: 'new' }, 2);
  await eventually('b heard', async () => (await b.items.get('marker', never)).text === 'new');
  release();
  assert.equal((await slow).text, 'old');
  assert.equal((await b.items.get('race', never)).text, 'new');
  const stored = await a.redis.get(keys.cacheEntry('items', 'race'));
  assert.match(stored ?? '', /^2:2:/);
});

test('an entry evicted from Redis is not filled by a load that began before the write', async () => {
  const [a, b] = [await join(), await join()];
  const outdated = row('old', 1);
  const release = outdated.hold();
  const slow = b.items.get('evicted', outdated.load);
  await eventually('the load is under way', () => outdated.calls === 1);
  await a.items.put('evicted', { text: 'new' }, 2);
  await a.redis.del(keys.cacheEntry('items', 'evicted'));
  release();
  await slow;
  await a.redis.ping();
  assert.equal(await b.redis.get(keys.cacheEntry('items', 'evicted')), null);
});

test('an older write that comes late changes nothing', async () => {
  const [a, b] = [await join(), await join()];
  await b.items.get('first', row('old', 1).load);
  await a.items.put('late', { text: 'third' }, 3);
  await a.items.put('first', { text: 'new' }, 2);
  await eventually('b heard', async () => (await b.items.get('first', never)).text === 'new');
  await b.items.put('late', { text: 'second' }, 2);
  assert.equal((await b.items.get('late', never)).text, 'third');
  assert.equal((await a.items.get('late', never)).text, 'third');
});

test('a process never goes back to an older version than it has seen or heard of, whoever has it', async () => {
  const a = await join({ maxEntries: 1 });
  const outdated = row('old', 1);
  await a.items.put('back', { text: 'new' }, 2);
  await a.items.get('other', row('other', 1).load);
  await a.redis.set(keys.cacheEntry('items', 'back'), '2:1:{"text":"old"}', 'PX', 660_000);
  const newcomer = await join();
  assert.equal((await newcomer.items.get('back', never)).text, 'old', 'L2 lost the write');
  assert.equal((await a.items.get('back', row('new', 2).load)).text, 'new');
  // A replica that lags: what it says is given to who asked, but not kept.
  await a.items.put('lagging', { text: 'new' }, 2);
  await a.items.get('other', never);
  await a.redis.del(keys.cacheEntry('items', 'lagging'));
  assert.equal((await a.items.get('lagging', outdated.load)).text, 'old');
  await a.redis.del(keys.cacheEntry('items', 'lagging'));
  assert.equal((await a.items.get('lagging', row('new', 2).load)).text, 'new');
});

test('a failed load is an error and is not cached', async () => {
  const a = await join();
  await assert.rejects(
    a.items.get('fails', () => Promise.reject(new Error('database down'))),
    /database down/,
  );
  assert.equal((await a.items.get('fails', row('fine', 1).load)).text, 'fine');
});

test('what another release or program wrote is a miss and is replaced', async () => {
  const a = await join();
  for (const foreign of ['1:7:{"text":"old codec"}', '2:7:{"other":1}', '2:7:{', 'garbage', '']) {
    await a.redis.set(keys.cacheEntry('items', 'foreign'), foreign);
    const b = await join();
    assert.equal((await b.items.get('foreign', row('loaded', 7).load)).text, 'loaded', foreign);
    await eventually('replaced', async () =>
      (await a.redis.get(keys.cacheEntry('items', 'foreign')))?.startsWith('2:7:{"text":"loaded"'),
    );
  }
});

test('with Redis frozen a cold key is loaded in time, L1 is not trusted, and all is well afterwards', async () => {
  const [a, b] = [await join({ isPatient: false }), await join({ isPatient: false })];
  await b.items.get('thaw', row('old', 1).load);
  const frozen = freeze([await redisPid(a.redis)]);
  try {
    const start = performance.now();
    const source = row('fine', 1);
    const all = await Promise.all(
      Array.from({ length: 10 }, () => a.items.get('cold while frozen', source.load)),
    );
    assert.ok(all.every(({ text }) => text === 'fine'));
    assert.equal(source.calls, 1);
    const took = performance.now() - start;
    assert.ok(took < 1_000, `${took} ms`);
    await eventually('silence is noticed', () => !b.cache.heard);
    assert.equal((await b.items.get('thaw', row('loaded', 1).load)).text, 'loaded');
    // A write that Redis cannot take: kept, and sent again when it answers.
    await a.items.put('thaw', { text: 'new' }, 2);
  } finally {
    frozen.thaw();
  }
  await eventually('both hear again', () => a.cache.heard && b.cache.heard, 15_000);
  await eventually('b sees the write', async () => (await b.items.get('thaw', never)).text === 'new');
});

test('a write that Redis could not be told of is told when it is back', async () => {
  const [a, b] = [await join(), await join()];
  await b.items.get('unsent', row('old', 1).load);
  const ended = once(a.redis, 'end');
  a.redis.disconnect();
  await ended;
  await a.items.put('unsent', { text: 'new' }, 2);
  assert.equal((await b.items.get('unsent', never)).text, 'old');
  await a.redis.connect();
  await eventually('b sees it', async () => (await b.items.get('unsent', never)).text === 'new');
});

test('a lost subscription empties L1: what was published meanwhile may have been missed', async () => {
  const [a, b] = [await join(), await join()];
  await b.items.get('gap', row('old', 1).load);
  await a.redis.del(keys.cacheEntry('items', 'gap'));
  const source = row('new', 2);
  await a.redis.client('KILL', 'TYPE', 'PUBSUB');
  await eventually('b loads anew', async () => (await b.items.get('gap', source.load)).text === 'new');
});

test('a load that began before a gap is not kept: the write that it missed may have fallen into it', async () => {
  const [a, b] = [await join(), await join()];
  const outdated = row('old', 1);
  const release = outdated.hold();
  const slow = b.items.get('within', outdated.load);
  await eventually('the load is under way', () => outdated.calls === 1);
  await a.redis.client('KILL', 'TYPE', 'PUBSUB');
  await a.items.put('within', { text: 'new' }, 2);
  await eventually('both listen again', async () => {
    const [, listeners] = (await a.redis.pubsub('NUMSUB', keys.cacheBus)) as [string, number];
    return listeners === 2;
  });
  let version = 1;
  await eventually('b hears', async () => {
    await a.items.put('marker', { text: `${version}` }, (version += 1));
    return b.cache.heard && (await b.items.getEntry('marker', never)).version === version;
  });
  release();
  assert.equal((await slow).text, 'old');
  assert.equal((await b.items.get('within', never)).text, 'new');
});

test('what a load brought that a write has overtaken is remembered by its version: nothing older follows it', async () => {
  const [a, b] = [await join(), await join()];
  await a.items.put('told', { text: 'first' }, 1);
  const source = row('new', 2);
  const release = source.hold();
  const slow = a.items.get('overtaken', source.load);
  await eventually('the load is under way', () => source.calls === 1);
  // The announcement of the write before the one that the load has seen; its own comes later.
  await b.items.put('overtaken', { text: 'old' }, 1);
  await b.items.put('told', { text: 'second' }, 2);
  await eventually('a heard both', async () => (await a.items.get('told', never)).text === 'second');
  release();
  assert.equal((await slow).text, 'new');
  assert.equal((await a.items.get('overtaken', row('new', 2).load)).text, 'new');
});
