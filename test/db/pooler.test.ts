import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { connectDb, type Db } from '../../src/db/db.ts';
import { migrate } from '../../src/db/migrate.ts';
import { showPooler } from '../../src/db/pooler-console.ts';
import { lookAtPooler, valueOf, type ShownPool } from '../../src/db/pooler-metrics.ts';
import { allowsPrepared, poolerConfig, takesPrepared } from '../../src/db/prepared.ts';
import { metricSamples } from '../helpers/metric-value.ts';
import { root } from '../helpers/processes.ts';
import { testServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { namesInSource, runAppQueries } from './app-queries.ts';
import { sessionStates } from './session-state.ts';

let servers: TestServers;
let owner: Db;
let inspector: Db;
const clients: Db[] = [];

before(async () => {
  servers = await testServers();
  const appRole = new URL(servers.postgresUrl).username;
  await migrate({
    directUrl: servers.directUrl,
    folder: path.join(root, 'migrations'),
    appRole,
    log: silentLog,
  });
  owner = await connectDb({ url: servers.directUrl, poolMax: 1, log: silentLog });
  inspector = await connectDb({ url: servers.postgresUrl, poolMax: 20, log: silentLog });
  for (const poolMax of [2, 3]) {
    const replicaUrl = servers.postgresUrl;
    clients.push(await connectDb({ url: servers.postgresUrl, replicaUrl, poolMax, log: silentLog }));
  }
});
after(async () => {
  for (const db of [...clients, inspector, owner]) await db?.close();
  await servers?.stop();
});

/** The server connections that PgBouncer holds for the app. */
async function serverPids(): Promise<readonly number[]> {
  const rows = await owner.query(
    'pids',
    (sql) =>
      sql<{ pid: number }[]>`select pid from pg_stat_activity where usename = 'shoal_app' order by pid`,
  );
  return rows.map(({ pid }) => pid);
}

test('all SQL of the product, from two clients at once, leaves nothing on any server connection', async () => {
  const rounds = clients.flatMap((db, client) =>
    Array.from({ length: 10 }, (_, n) => runAppQueries(db, String(100 * client + (n % 4) + 1))),
  );
  await Promise.all(rounds);
  const done = (await metricSamples('shoal_db_query_seconds_count')).filter(
    ({ labels }) => labels['outcome'] === 'ok',
  );
  const seen = new Set(done.map(({ labels }) => labels['query']));
  assert.deepEqual(
    [...(await namesInSource())].filter((name) => !seen.has(name)),
    [],
    'add these to runAppQueries',
  );

  const pids = await serverPids();
  assert.ok(pids.length >= 2, 'the clients did not meet');
  const states = await sessionStates(inspector, pids.length);
  assert.deepEqual(
    states.toSorted((a, b) => a.pid - b.pid),
    pids.map((pid) => ({ pid, left: [] })),
  );
});

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

test("a PgBouncer's settings say whether it keeps prepared statements, and the app's role may read them", async () => {
  const shipped = await poolerConfig(servers.postgresUrl);
  assert.equal(shipped.find(({ key }) => key === 'pool_mode')?.value, 'transaction');
  assert.deepEqual(await poolerConfig(servers.directUrl), []);
  const [mode, on, off] = [
    { key: 'pool_mode', value: 'transaction' },
    { key: 'max_prepared_statements', value: '200' },
    { key: 'max_prepared_statements', value: '0' },
  ];
  assert.equal(allowsPrepared([mode]), false);
  assert.equal(allowsPrepared([mode, on]), true);
  assert.equal(allowsPrepared([mode, off]), false);
});

test('that is no blindness of the test: what a client does leave is found', async () => {
  const [client] = clients;
  assert.ok(client);
  await client.query('set', (sql) => sql`set work_mem = '5MB'`);
  await client.query('lock', (sql) => sql`select pg_advisory_lock(77)`);
  await client.query('listen', (sql) => sql`listen something`);
  await client.query('prepare', (sql) => sql`prepare something as select 1`);
  await client.query('table', (sql) => sql`create temporary table something (n int)`);
  const states = await sessionStates(inspector, (await serverPids()).length);
  assert.deepEqual(states.flatMap(({ left }) => left).toSorted(), [
    'listen something',
    'lock 77',
    'prepared something',
    'set work_mem',
    'table something',
  ]);
});

test('the exporter tells of each pool, and of a PgBouncer that is away', async () => {
  assert.equal(await lookAtPooler(servers.postgresUrl), undefined);
  assert.deepEqual(await metricSamples('pgbouncer_up'), [{ labels: {}, value: 1 }]);
  const clients = await metricSamples('pgbouncer_pools_client_active_connections');
  const ours = clients.find(({ labels }) => labels['user'] === 'shoal_app');
  assert.deepEqual(ours?.labels, { database: 'shoal', user: 'shoal_app' });
  assert.ok(ours.value >= 1);
  const [pool] = await showPooler<ShownPool>(servers.postgresUrl, 'pools', 5_000);
  assert.ok(pool && valueOf(pool, 'maxwait') >= 0);
  assert.equal(valueOf({ ...pool, maxwait: '2', maxwait_us: '250000' }, 'maxwait'), 2.25);

  const problem = await lookAtPooler('postgres://shoal_app:wrong@127.0.0.1:9/shoal');
  assert.match(String(problem), /ECONNREFUSED|no answer of 127\.0\.0\.1:9/);
  assert.deepEqual(await metricSamples('pgbouncer_up'), [{ labels: {}, value: 0 }]);
  assert.deepEqual(await metricSamples('pgbouncer_pools_client_active_connections'), []);
});
