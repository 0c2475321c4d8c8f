import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connectDb, DbError, type Db } from '../../src/db/db.ts';
import { writeServerFile } from '../../src/local/data-directory.ts';
import { selfSignedCertificate } from '../clients/certificate.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze, postgresPids } from '../helpers/freeze.ts';
import { Postgres15World, withoutPostgres15, type Postgres15 } from '../helpers/postgres-15.ts';
import { silentLog } from '../helpers/silent-log.ts';

/** postgres.js puts its own socket around ours, and what it does with one that is gone must not end the process. */
describe('over TLS', { skip: withoutPostgres15 }, () => {
  let world: Postgres15World;
  let server: Postgres15;
  let admin: Db;
  let db: Db;

  before(async () => {
    world = await Postgres15World.make();
    server = await world.startPrimary();
    const { certificate, key } = selfSignedCertificate();
    await writeServerFile(path.join(server.directory, 'server.crt'), [certificate], world.account);
    await writeServerFile(path.join(server.directory, 'server.key'), [key], world.account);
    admin = await connectDb({ url: server.url, poolMax: 1, log: silentLog });
    await admin.query('ssl', (sql) => sql`alter system set ssl = on`);
    await admin.query('reload', (sql) => sql`select pg_reload_conf()`);
    await admin.query('table', (sql) => sql`create table notes (id int)`);
    db = await eventually('the server speaks TLS', () =>
      connectDb({ url: `${server.url}?sslmode=require`, poolMax: 2, log: silentLog }),
    );
  });
  after(async () => {
    // `before` may have failed half-way.
    await db?.close();
    await admin?.close();
    await world?.[Symbol.asyncDispose]();
  });

  test('a session that ends inside a transaction costs that transaction alone', async () => {
    const lost = db.transaction('lost', async (sql) => {
      const [row] = await sql<{ pid: number; ssl: boolean }[]>`
        select pid, ssl from pg_stat_ssl where pid = pg_backend_pid()`;
      assert.equal(row?.ssl, true);
      await sql`insert into notes values (1)`;
      await admin.query('end', (own) => own`select pg_terminate_backend(${row.pid})`);
      for (const id of [2, 3]) await sql`insert into notes values (${id})`.catch(() => undefined);
    });
    await assert.rejects(lost, (error: unknown) => error instanceof DbError && error.code === 'unavailable');
    assert.deepEqual([...(await db.query('after', (sql) => sql`select id from notes`))], []);
  });

  test('a server that stands still costs each caller its deadline', async () => {
    const frozen = freeze(await postgresPids(server.url));
    try {
      const late = db.query('late', (sql) => sql`select 1`, { deadlineMs: 300 });
      await assert.rejects(late, (error: unknown) => error instanceof DbError && error.code === 'timeout');
    } finally {
      frozen.thaw();
    }
    await eventually('the pool answers again', async () => (await db.ping(1_000)) !== undefined);
  });
});
