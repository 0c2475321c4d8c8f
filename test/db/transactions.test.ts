import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDb, DbError, type Db, type Sql } from '../../src/db/db.ts';
import { eventually } from '../helpers/eventually.ts';
import { metricValue } from '../helpers/metric-value.ts';
import { recordingLog } from '../helpers/recording-log.ts';
import { migratedServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

let servers: TestServers;
let db: Db;

before(async () => {
  servers = await migratedServers();
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
  await assert.rejects(db.transaction('hopeless', undone, { deadlineMs: 5_000 }), (error: unknown) => {
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

test('queries are counted by name and outcome, connections by what they do', async () => {
  await db.query('counted', (sql) => sql`select 1`);
  await assert.rejects(db.query('counted', (sql) => sql`select 1 / 0`));
  const count = 'shoal_db_query_seconds_count';
  assert.equal(await metricValue(count, { query: 'counted', outcome: 'ok' }), 1);
  assert.equal(await metricValue(count, { query: 'counted', outcome: 'refused' }), 1);
  const calls = await metricValue('shoal_db_calls_total', {});
  const unanswered = await metricValue('shoal_db_calls_unanswered_total', {});
  const busy = Array.from({ length: 5 }, () =>
    db.query('busy', (sql) => sql`select pg_sleep(0.3)`, { deadlineMs: 5_000 }),
  );
  assert.equal(await metricValue('shoal_db_connections', { pool: 'primary', state: 'busy' }), 3);
  assert.equal(await metricValue('shoal_db_waiting', { pool: 'primary' }), 2);
  await Promise.all(busy);
  await eventually('all are idle', async () => {
    return (await metricValue('shoal_db_connections', { pool: 'primary', state: 'idle' })) === 3;
  });
  assert.equal(await metricValue('shoal_db_waiting', { pool: 'primary' }), 0);
  const late = db.query('counted', (sql) => sql`select pg_sleep(10)`, { deadlineMs: 50 });
  await assert.rejects(late, (error: DbError) => error.code === 'timeout');
  assert.equal(await metricValue('shoal_db_calls_total', {}), calls + 6);
  // What the server refused was an answer.
  assert.equal(await metricValue('shoal_db_calls_unanswered_total', {}), unanswered + 1);
});

test('a slow query is logged by its name, without its values, and not once for each of many', async () => {
  const { log, lines } = recordingLog();
  const one = await connectDb({ url: servers.postgresUrl, poolMax: 1, log });
  try {
    const slow = (): Promise<unknown> =>
      one.query('test.slow', (sql) => sql`select pg_sleep(0.3), ${'canary-value'}::text`, {
        deadlineMs: 5_000,
      });
    const fast = (): Promise<unknown> =>
      one.query('test.fast', (sql) => sql`select 1`, { deadlineMs: 5_000 });
    await Promise.all([slow(), slow(), fast()]);
    const said = lines().filter((line) => line['msg'] === 'slow query');
    // The fast one waited for the connection longer than the slow ones took: that is slow too, and the line says why.
    assert.deepEqual(
      said.map(({ query, outcome, alsoSlow }) => ({ query, outcome, alsoSlow })),
      [
        { query: 'test.slow', outcome: 'ok', alsoSlow: 0 },
        { query: 'test.fast', outcome: 'ok', alsoSlow: 0 },
      ],
    );
    const [first, second] = said;
    const waitedMs = Number(second?.['waitedMs']) - Number(first?.['waitedMs']);
    assert.ok(Number(first?.['ms']) >= 300 && waitedMs >= 590, JSON.stringify(said));
    assert.ok(!JSON.stringify(lines()).includes('canary'));
  } finally {
    await one.close();
  }
});

test('a transaction whose session ends is undone as a whole, and the process lives on', async () => {
  const lost = db.transaction('lost', async (sql) => {
    await sql`insert into accounts values (7, 1)`;
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const owner = await connectDb({ url: servers.directUrl, poolMax: 1, log: silentLog });
    await owner.query('end', (own) => own`select pg_terminate_backend(${row?.pid ?? 0})`);
    await owner.close();
    // What a caller goes on with must not run in another session, where it would be committed by itself.
    for (const id of [8, 9]) await sql`insert into accounts values (${id}, 1)`.catch(() => undefined);
  });
  await assert.rejects(lost, (error: unknown) => error instanceof DbError && error.code === 'unavailable');
  const rows = await db.query('left', (sql) => sql`select id from accounts where id > 6`);
  assert.deepEqual([...rows], []);
});

test('a transaction that ignores an error inside says that it was undone', async () => {
  const ignoring = db.transaction('ignores', async (sql) => {
    await sql`insert into accounts values (10, 1)`;
    await sql`insert into accounts values (1, 1)`.catch(() => undefined);
  });
  await assert.rejects(ignoring, /query ignores: an error inside it was ignored, so all of it was undone/);
  assert.deepEqual([...(await db.query('left', (sql) => sql`select id from accounts where id = 10`))], []);
});
