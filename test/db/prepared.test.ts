import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDb } from '../../src/db/db.ts';
import { allowsPrepared, takesPrepared } from '../../src/db/prepared.ts';
import { testServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

let servers: TestServers;
before(async () => {
  servers = await testServers();
});
after(() => servers?.stop());

/** The named statements that one connection has left on its server connection after a query was asked for twice. */
async function preparedBy(url: string): Promise<number> {
  const db = await connectDb({ url, poolMax: 1, log: silentLog });
  try {
    for (const n of [1, 2]) await db.query('twice', (sql) => sql`select ${n}::int`);
    const [row] = await db.query(
      'prepared',
      (sql) => sql<{ n: number }[]>`
        select count(*)::int as n from pg_prepared_statements where statement like 'select $1::int%'`,
    );
    return row?.n ?? -1;
  } finally {
    await db.close();
  }
}

test('straight to PostgreSQL statements are prepared once and named, through PgBouncer 1.18 never', async () => {
  assert.equal(await takesPrepared(servers.directUrl, 5_000), true);
  assert.equal(await preparedBy(servers.directUrl), 1);
  assert.equal(await takesPrepared(servers.postgresUrl, 5_000), false);
  assert.equal(await preparedBy(servers.postgresUrl), 0);
});

test("a PgBouncer's settings say whether it keeps prepared statements", () => {
  const [mode, on, off] = [
    { key: 'pool_mode', value: 'transaction' },
    { key: 'max_prepared_statements', value: '200' },
    { key: 'max_prepared_statements', value: '0' },
  ];
  assert.equal(allowsPrepared([mode]), false);
  assert.equal(allowsPrepared([mode, on]), true);
  assert.equal(allowsPrepared([mode, off]), false);
});
