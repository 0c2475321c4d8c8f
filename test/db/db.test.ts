import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import { connectDb, DbError, type Db } from '../../src/db/db.ts';
import { Failure } from '../../src/lib/failure.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze, postgresPids } from '../helpers/freeze.ts';
import { migratedServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

let servers: TestServers;
let db: Db;

before(async () => {
  servers = await migratedServers();
  db = await connectDb({ url: servers.postgresUrl, poolMax: 3, log: silentLog });
});
after(async () => {
  // `before` may have failed half-way.
  await db?.close();
  await servers?.stop();
});

function failsWith(code: string): (error: unknown) => boolean {
  return (error) => error instanceof DbError && error.code === code;
}

test('many callers share a small pool through transaction-mode PgBouncer', async () => {
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      db.query('echo', (sql) => sql<{ n: number }[]>`select ${n}::int as n`),
    ),
  );
  assert.deepEqual(
    answers.map(([row]) => row?.n),
    Array.from({ length: 50 }, (_, n) => n),
  );
  const [count] = await db.query(
    'connections',
    (sql) =>
      sql<{ n: number }[]>`select count(*)::int as n from pg_stat_activity where usename = current_user`,
  );
  assert.ok((count?.n ?? 0) <= 3, `${count?.n} server connections for a pool of 3`);
});

test('a transaction commits as one or not at all', async () => {
  const thrown = new Error('changed my mind');
  const seen = db.transaction('give up', async (sql) => {
    await sql`create temporary table gone (n int) on commit drop`;
    throw thrown;
  });
  await assert.rejects(seen, thrown);
  const rows = await db.transaction('two steps', async (sql) => {
    await sql`create temporary table kept (n int) on commit drop`;
    await sql`insert into kept values (1), (2)`;
    return sql<{ n: number }[]>`select n from kept order by n`;
  });
  assert.deepEqual(
    rows.map(({ n }) => n),
    [1, 2],
  );
});

test('a slow query is given up at its deadline and costs no other query', async () => {
  const innocent = db.query(
    'innocent',
    (sql) => sql<{ done: boolean }[]>`select pg_sleep(0.6) is not null as done`,
  );
  await assert.rejects(
    db.query('slow', (sql) => sql`select pg_sleep(30)`, { deadlineMs: 200 }),
    failsWith('timeout'),
  );
  assert.equal((await innocent)[0]?.done, true);
  // All three connections are to be had at once: none is left to the query that was given up.
  await Promise.all(
    Array.from({ length: 3 }, () =>
      db.query('at once', (sql) => sql`select pg_sleep(0.3)`, { deadlineMs: 3_000 }),
    ),
  );
});

test('errors say what happened by code and name the query, never a value', async () => {
  const refused = db.query('bad value', (sql) => sql`select ${'a-secret-value'}::text::int`);
  await assert.rejects(refused, (error: DbError) => {
    assert.equal(error.code, 'refused');
    assert.equal(error.sqlState, '22P02');
    assert.match(error.message, /^query bad value: /);
    assert.ok(!inspect(error, { depth: null }).includes('secret-value'));
    return true;
  });
  const twice = db.transaction('twice', async (sql) => {
    await sql`create temporary table once (n int constraint only_once unique) on commit drop`;
    await sql`insert into once values (1), (1)`;
  });
  await assert.rejects(
    twice,
    (error: DbError) => error.code === 'unique_violation' && error.constraint === 'only_once',
  );
});

test('a wait that cannot end in time and a queue that is full are refused', async () => {
  const busy = Array.from({ length: 3 }, () => db.query('busy', (sql) => sql`select pg_sleep(0.5)`));
  await assert.rejects(
    db.query('waits', (sql) => sql`select 1`, { deadlineMs: 50 }),
    failsWith('timeout'),
  );
  const crowd = await Promise.allSettled(
    Array.from({ length: 601 }, () => db.query('crowd', (sql) => sql`select 1`, { deadlineMs: 5_000 })),
  );
  const refused = crowd.filter((one) => one.status === 'rejected');
  assert.equal(refused.length, 1);
  assert.ok(refused.every(({ reason }) => failsWith('overloaded')(reason)));
  await Promise.all(busy);
});

test('a frozen PostgreSQL frees every caller at the deadline, and the pool recovers when it runs again', async () => {
  const frozen = freeze(await postgresPids(servers.directUrl));
  try {
    const results = await Promise.allSettled(
      Array.from({ length: 9 }, () => db.query('frozen', (sql) => sql`select 1`, { deadlineMs: 300 })),
    );
    for (const result of results)
      assert.ok(result.status === 'rejected' && failsWith('timeout')(result.reason));
    assert.equal(await db.ping(200), undefined);
  } finally {
    frozen.thaw();
  }
  await eventually('the pool answers again', async () => (await db.ping(1_000)) !== undefined);
  const [row] = await db.query('after', (sql) => sql<{ n: number }[]>`select 1 as n`);
  assert.equal(row?.n, 1);
});

test('an unreachable server is one clear failure without the password', async () => {
  const url = 'postgres://someone:not-to-be-shown@127.0.0.1:1/shoal';
  await assert.rejects(connectDb({ url, poolMax: 1, log: silentLog }), (error: Failure) => {
    assert.equal(error.exitCode, 69);
    assert.match(error.message, /^POSTGRES_URL: .*127\.0\.0\.1:1.*ECONNREFUSED/);
    assert.ok(!error.message.includes('not-to-be-shown'));
    return true;
  });
  const wrong = servers.postgresUrl.replace(/:[^:@]+@/, ':wrong-password@');
  await assert.rejects(connectDb({ url: wrong, poolMax: 1, log: silentLog }), (error: unknown) => {
    assert.ok(error instanceof Failure && !error.message.includes('wrong-password'));
    assert.match(error.message, /SASL authentication failed|password authentication failed/);
    return true;
  });
});

test('a closed pool refuses', async () => {
  const other = await connectDb({ url: servers.postgresUrl, poolMax: 1, log: silentLog });
  const underWay = other.query(
    'under way',
    (sql) => sql<{ done: boolean }[]>`select pg_sleep(0.2) is not null as done`,
  );
  await Promise.all([underWay, other.close()]);
  assert.equal((await underWay)[0]?.done, true);
  await assert.rejects(
    other.query('late', (sql) => sql`select 1`),
    failsWith('unavailable'),
  );
});
