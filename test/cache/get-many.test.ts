import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { Entry } from '../../src/cache/cache.ts';
import { keys } from '../../src/redis/keys.ts';
import {
  away,
  itemOptions,
  joinCache,
  never,
  row,
  type Item,
  type Member,
} from '../helpers/cache-members.ts';
import { eventually } from '../helpers/eventually.ts';
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

async function join(): Promise<Member> {
  const member = await joinCache(servers.redisUrl, {
    isPatient: true,
    maxEntries: 2_000,
    maxBytes: 1_000_000,
  });
  members.push(member);
  return member;
}

/** Loads any rows, and records which were asked for in each call. */
function table(version = 1) {
  const calls: string[][] = [];
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  return {
    calls,
    open,
    load: async (wanted: readonly string[]): Promise<ReadonlyMap<string, Entry<Item>>> => {
      calls.push([...wanted]);
      await opened;
      return new Map(wanted.map((key) => [key, { value: { text: key }, version }]));
    },
  };
}

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

function inRedis({ redis }: Member, key: string): Promise<boolean> {
  return eventually(`${key} in L2`, async () => (await redis.exists(keys.cacheEntry('items', key))) === 1);
}

const onlyF3 = async () => new Map([['f3', { value: { text: 'f3' }, version: 1 }]]);

test('only what no tier has is loaded, in one call', async () => {
  const [a, b] = [await join(), await join()];
  await b.items.get('near', row('near', 1).load);
  await a.items.get('far', row('far', 1).load);
  await inRedis(a, 'far');
  const source = table();
  source.open();
  const found = await b.items.getMany(['near', 'far', 'cold', 'colder', 'cold'], source.load);
  assert.deepEqual(source.calls, [['cold', 'colder']]);
  assert.deepEqual([...found.keys()].toSorted(), ['cold', 'colder', 'far', 'near']);
  for (const [key, { value, version, stale }] of found)
    assert.deepEqual([value.text, version, stale, Object.isFrozen(value)], [key, 1, false, true]);
  assert.equal((await b.items.get('cold', never)).text, 'cold');
  assert.equal((await b.items.getMany([], never)).size, 0);
});

test('processes that ask for the same cold keys at once load each key once, single reads included', async () => {
  const [a, b] = [await join(), await join()];
  const all = names('once', 30);
  const source = table();
  const reads = [
    a.items.getMany(all.slice(0, 20), source.load),
    b.items.getMany(all.slice(10), source.load),
    a.items.getMany(all, source.load),
  ];
  const single = a.items.get('once3', never);
  await eventually('both load', () => source.calls.flat().length >= 30);
  source.open();
  const sizes = (await Promise.all(reads)).map(({ size }) => size);
  assert.deepEqual(sizes, [20, 20, 30]);
  assert.equal((await single).text, 'once3');
  assert.deepEqual(source.calls.flat().toSorted(), all.toSorted());
});

test('two hundred keys that L2 has take one command', async () => {
  const [a, b] = [await join(), await join()];
  const all = names('trip', 200);
  const source = table();
  source.open();
  await a.items.getMany(all, source.load);
  await inRedis(a, 'trip199');
  await a.redis.config('RESETSTAT');
  assert.equal((await b.items.getMany(all, never)).size, 200);
  const [, scripts] = /cmdstat_evalsha:calls=(\d+)/.exec(await a.redis.info('commandstats')) ?? [];
  assert.equal(scripts, '1');
});

test('a failed load fails the call, keeps nothing, and leaves no lease behind', async () => {
  const a = await join();
  await assert.rejects(a.items.getMany(['f1', 'f2'], away), /database down/);
  const source = table();
  source.open();
  assert.equal((await a.items.getMany(['f1', 'f2'], source.load)).size, 2);
  await assert.rejects(a.items.getMany(['f3', 'f4'], onlyF3), /brought nothing for f4/);
  assert.equal((await a.items.get('f3', never)).text, 'f3');
});

test('what is stale is served, marked, while the loader is away, and loaded anew in one call when it is back', async () => {
  const [a, b, c] = [await join(), await join(), await join()];
  const all = names('stale', 5);
  const first = table();
  first.open();
  await a.items.getMany(all, first.load);
  await inRedis(a, 'stale4');
  for (const key of all)
    await a.redis.pexpire(keys.cacheEntry('items', key), itemOptions.staleSec * 1_000 - 1);
  const before = await b.items.getMany(all, away);
  assert.ok([...before.values()].every(({ stale, version }) => stale && version === 1));
  const second = table(2);
  second.open();
  await c.items.getMany(all, second.load);
  await eventually('fresh', async () => {
    const now = await c.items.getMany(all, second.load);
    return [...now.values()].every(({ stale, version }) => !stale && version === 2);
  });
  assert.deepEqual(second.calls, [all]);
});
