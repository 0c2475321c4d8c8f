import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDb, DbError, type Db, type Sql } from '../../src/db/db.ts';
import { metricValue } from '../helpers/metric-value.ts';
import { testServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

let servers: TestServers;
let db: Db;

before(async () => {
  servers = await testServers();
  const owner = await connectDb({ url: servers.directUrl, poolMax: 1, log: silentLog });
  await owner.query('accounts', (sql) => sql`create table accounts (id int primary key, coins int not null)`);
  await owner.query('grant', (sql) => sql`grant all on accounts to public`);
  await owner.query('rows', (sql) => sql`insert into accounts values (1, 100), (2, 100)`);
  await owner.close();
  db = await connectDb({ url: servers.postgresUrl, poolMax: 3, log: silentLog });
});
after(async () => {
  // `before` may have failed half-way.
  await db?.close();
  await servers?.stop();
});

/** Two callers meet: each goes on when both are there. A caller that comes again is let through. */
function meeting(): () => Promise<void> {
  const both = Promise.withResolvers<void>();
  let there = 0;
  return () => {
    there += 1;
    if (there === 2) both.resolve();
    return both.promise;
  };
}

function coinsOf(sql: Sql, id: number): Promise<number> {
  return sql<{ coins: number }[]>`select coins from accounts where id = ${id}`.then(
    ([row]) => row?.coins ?? 0,
  );
}

function retries(query: string): Promise<number> {
  return metricValue('shoal_db_retries_total', { query });
}

test('of two transactions that cannot both be, one is tried again and both happen', async () => {
  const meet = meeting();
  let runs = 0;
  const add = (): Promise<void> =>
    db.transaction(
      'add',
      async (sql) => {
        runs += 1;
        const coins = await coinsOf(sql, 1);
        await meet();
        await sql`update accounts set coins = ${coins + 10} where id = 1`;
      },
      { isolation: 'serializable', deadlineMs: 5_000 },
    );
  await Promise.all([add(), add()]);
  assert.equal(await db.query('coins', (sql) => coinsOf(sql, 1)), 120);
  assert.ok(runs >= 3, `${runs} runs`);
  assert.equal(await retries('add'), runs - 2);
});

test('a deadlock ends by itself, and both transactions happen', async () => {
  const meet = meeting();
  const move = (from: number, to: number): Promise<void> =>
    db.transaction(
      'move',
      async (sql) => {
        await sql`update accounts set coins = coins - 1 where id = ${from}`;
        await meet();
        await sql`update accounts set coins = coins + 1 where id = ${to}`;
      },
      { deadlineMs: 8_000 },
    );
  const before = await db.query('coins', (sql) => coinsOf(sql, 1));
  await Promise.all([move(1, 2), move(2, 1)]);
  assert.equal(await db.query('coins', (sql) => coinsOf(sql, 1)), before);
  assert.ok((await retries('move')) >= 1);
});

test('what cannot succeed is tried a bounded number of times, and never past the deadline', async () => {
  let runs = 0;
  const undone = (sql: Sql): Promise<unknown> => {
    runs += 1;
    return sql`do $$ begin raise sqlstate '40001'; end $$`;
  };
  await assert.rejects(db.transaction('hopeless', undone), (error: unknown) => {
    return error instanceof DbError && error.code === 'conflict';
  });
  assert.equal(runs, 6);
  runs = 0;
  await assert.rejects(db.transaction('no time', undone, { deadlineMs: 12 }), DbError);
  assert.ok(runs < 6, `${runs} runs in 12 ms`);
});

test('no other failure is tried again', async () => {
  let runs = 0;
  const twice = db.transaction('twice', async (sql) => {
    runs += 1;
    await sql`insert into accounts values (1, 1)`;
  });
  await assert.rejects(twice, (error: DbError) => error.code === 'unique_violation');
  const thrown = new Error('not the database');
  await assert.rejects(
    db.transaction('own error', async () => {
      runs += 1;
      throw thrown;
    }),
    thrown,
  );
  assert.equal(runs, 2);
});
