import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, test } from 'node:test';
import { Redis } from 'ioredis';
import postgres from 'postgres';
import { startLocalServers, startRedis } from '../../src/local/local.ts';
import {
  assertNothingIsLeft,
  environmentIn,
  makeTemporaryDirectory,
  pidsOf,
  temporaryDirectory,
} from './machine.ts';

// As the bot connects: unprepared, because PgBouncer 1.18 cannot follow named statements.
function clientOf(url: string): postgres.Sql {
  return postgres(url, { max: 2, prepare: false, fetch_types: false, onnotice: () => {} });
}

async function redisAnswers(url: string): Promise<Record<string, string>> {
  const redis = new Redis(url);
  try {
    assert.equal(await redis.ping(), 'PONG');
    const names = ['maxmemory-policy', 'maxmemory', 'appendonly', 'appendfsync', 'save', 'bind'];
    const answers = await Promise.all(names.map((name) => redis.config('GET', name)));
    return Object.fromEntries(
      answers.map((answer) => (Array.isArray(answer) ? answer : Object.entries(answer as object).flat())),
    ) as Record<string, string>;
  } finally {
    redis.disconnect();
  }
}

const temporary = makeTemporaryDirectory();
const servers = await startLocalServers({ environment: environmentIn(temporary) });

after(async () => {
  await servers.stop();
  await assertNothingIsLeft(servers.parts, temporary);
  rmSync(temporary, { recursive: true });
});

test('list every part with address, pid and version', () => {
  assert.deepEqual(servers.parts.map((part) => part.name).toSorted(), [
    'pgbouncer',
    'postgres',
    'redis-cache',
    'redis-state',
  ]);
  for (const part of servers.parts) {
    assert.match(part.address, /^127\.0\.0\.1:\d+$/);
    assert.match(part.version, /^\d+\.\d+/);
  }
  assert.equal(new Set(pidsOf(servers.parts)).size, 4);
});

test('the bot works through PgBouncer with what the owner made, and time-outs are on its role', async () => {
  const owner = clientOf(servers.env.POSTGRES_DIRECT_URL);
  const bot = clientOf(servers.env.POSTGRES_URL);
  try {
    await owner`create table fish (id bigint generated always as identity primary key, name text not null)`;
    await owner`grant select, insert on fish to shoal_app`;
    await bot`insert into fish (name) values ('herring'), ('sprat')`;
    const fish = await bot`select id::int, name from fish order by id`;
    assert.deepEqual(
      [...fish],
      [
        { id: 1, name: 'herring' },
        { id: 2, name: 'sprat' },
      ],
    );
    const [settings] =
      await bot`select current_user as role, current_setting('statement_timeout') as statement,
      current_setting('idle_in_transaction_session_timeout') as idle, current_setting('fsync') as fsync,
      current_setting('dynamic_shared_memory_type') as shared`;
    assert.deepEqual(settings, {
      role: 'shoal_app',
      statement: '5s',
      idle: '10s',
      fsync: 'on',
      shared: 'mmap',
    });
    await assert.rejects(bot`create table mine ()`, { code: '42501' });
  } finally {
    await Promise.all([owner.end(), bot.end()]);
  }
});

test('PgBouncer runs the template that ships: transaction pooling, its times and sizes', async () => {
  const console = clientOf(servers.env.POSTGRES_URL.replace(/shoal$/, 'pgbouncer'));
  try {
    // The admin console knows the simple protocol only.
    const rows = await console.unsafe<{ key: string; value: string }[]>('show config').simple();
    const config = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
    const expected = {
      pool_mode: 'transaction',
      auth_type: 'scram-sha-256',
      server_login_retry: '1',
      query_wait_timeout: '5',
      server_connect_timeout: '3',
      idle_transaction_timeout: '30',
      default_pool_size: '20',
      max_db_connections: '25',
      unix_socket_dir: '',
    };
    assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, config[key]])), expected);
  } finally {
    await console.end();
  }
});

test('a wrong password opens neither PostgreSQL nor PgBouncer nor Redis', async () => {
  for (const url of [servers.env.POSTGRES_URL, servers.env.POSTGRES_DIRECT_URL]) {
    const wrong = new URL(url);
    wrong.password = 'not-the-password';
    const client = clientOf(wrong.href);
    await assert.rejects(client`select 1`, { code: /^(28P01|08P01)$/ });
    await client.end();
  }
  const redis = new Redis(servers.env.REDIS_STATE_URL.replace(/:[^:@]*@/, ':not-the-password@'), {
    retryStrategy: () => null,
    lazyConnect: true,
  });
  redis.on('error', () => {});
  await assert.rejects(redis.connect());
  redis.disconnect();
});

test('the cache may evict; the state may not and is kept in a file', async () => {
  const cache = await redisAnswers(servers.env.REDIS_URL);
  assert.equal(cache['maxmemory-policy'], 'allkeys-lru');
  assert.equal(cache['maxmemory'], String(128 * 1024 * 1024));
  assert.equal(cache['appendonly'], 'no');
  const state = await redisAnswers(servers.env.REDIS_STATE_URL);
  assert.equal(state['maxmemory-policy'], 'noeviction');
  assert.equal(state['appendonly'], 'yes');
  assert.equal(state['appendfsync'], 'everysec');
  assert.equal(state['bind'], '127.0.0.1');
});

test('a second set beside the first is another set', async (t) => {
  const own = temporaryDirectory(t);
  const second = await startLocalServers({ environment: environmentIn(own) });
  try {
    const addresses = [...servers.parts, ...second.parts].map((part) => part.address);
    assert.equal(new Set(addresses).size, 8);
    const bot = clientOf(second.env.POSTGRES_URL);
    const [count] = await bot`select count(*)::int as tables from pg_tables where schemaname = 'public'`;
    assert.deepEqual(count, { tables: 0 });
    await bot.end();
  } finally {
    await second.stop();
  }
  await assertNothingIsLeft(second.parts, own);
});

test('the two Redis start alone', async (t) => {
  const own = temporaryDirectory(t);
  const pair = await startRedis({ environment: environmentIn(own) });
  assert.deepEqual(Object.keys(pair.env), ['REDIS_URL', 'REDIS_STATE_URL']);
  assert.equal((await redisAnswers(pair.env.REDIS_URL))['maxmemory-policy'], 'allkeys-lru');
  await pair.stop();
  await assertNothingIsLeft(pair.parts, own);
});
