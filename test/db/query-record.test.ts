import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDb } from '../../src/db/db.ts';
import { eventually } from '../helpers/eventually.ts';
import { metricValue } from '../helpers/metric-value.ts';
import { recordingLog } from '../helpers/recording-log.ts';
import { testServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

let servers: TestServers;
before(async () => {
  servers = await testServers();
});
after(() => servers?.stop());

test('queries are counted by name and outcome, connections by what they do', async () => {
  const db = await connectDb({ url: servers.postgresUrl, poolMax: 3, log: silentLog });
  try {
    await db.query('counted', (sql) => sql`select 1`);
    await assert.rejects(db.query('counted', (sql) => sql`select 1 / 0`));
    const count = 'shoal_db_query_seconds_count';
    assert.equal(await metricValue(count, { query: 'counted', outcome: 'ok' }), 1);
    assert.equal(await metricValue(count, { query: 'counted', outcome: 'refused' }), 1);
    const busy = Array.from({ length: 5 }, () => db.query('busy', (sql) => sql`select pg_sleep(0.3)`));
    assert.equal(await metricValue('shoal_db_connections', { pool: 'primary', state: 'busy' }), 3);
    assert.equal(await metricValue('shoal_db_waiting', { pool: 'primary' }), 2);
    await Promise.all(busy);
    await eventually('all are idle', async () => {
      return (await metricValue('shoal_db_connections', { pool: 'primary', state: 'idle' })) === 3;
    });
    assert.equal(await metricValue('shoal_db_waiting', { pool: 'primary' }), 0);
  } finally {
    await db.close();
  }
});

test('a slow query is logged by its name, without its values, and not once for each of many', async () => {
  const { log, lines } = recordingLog();
  const db = await connectDb({ url: servers.postgresUrl, poolMax: 1, log });
  try {
    const slow = (): Promise<unknown> =>
      db.query('test.slow', (sql) => sql`select pg_sleep(0.3), ${'canary-value'}::text`, {
        deadlineMs: 5_000,
      });
    await Promise.all([slow(), slow(), db.query('test.fast', (sql) => sql`select 1`)]);
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
    assert.ok(Number(first?.['ms']) >= 300 && Number(first?.['waitedMs']) < 300, JSON.stringify(first));
    assert.ok(Number(second?.['waitedMs']) >= 600, JSON.stringify(second));
    assert.ok(!JSON.stringify(lines()).includes('canary'));
  } finally {
    await db.close();
  }
});
