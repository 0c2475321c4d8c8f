import assert from 'node:assert/strict';
import { loadavg } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connectDb, type Db } from '../../src/db/db.ts';
import { eventually } from '../helpers/eventually.ts';
import type { Frozen } from '../helpers/freeze.ts';
import { withoutPostgres15 } from '../helpers/postgres-15.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { ConnectionSamples } from './connection-samples.ts';
import { DatabaseLoad, type LoadReport } from './database-load.ts';
import { PooledPostgres } from './pooled-postgres.ts';

const awayMs = 3_000;
/** The default deadline of a query. */
const deadlineMs = 1_500;

interface Outcome extends LoadReport {
  /** From the moment the server could work again to the first answer. */
  readonly recoveryMs: number;
  /** Of the app role's connections to PostgreSQL, and how often they were counted. */
  readonly peak: number;
  readonly samples: number;
}

describe('a server of the database is away for 3 s under load', { skip: withoutPostgres15 }, () => {
  let servers: PooledPostgres;
  const recoveries: number[] = [];
  const peaks: number[] = [];

  before(async () => {
    servers = await PooledPostgres.start();
    await withAdmin(async (db) => {
      await db.query('facts', (sql) => sql`create table facts (id bigint primary key)`);
      await db.query('counters', (sql) => sql`create table counters (id int primary key, n bigint not null)`);
      await db.query('fill', (sql) => sql`insert into counters select n, 0 from generate_series(0, 63) n`);
      await db.query('grant', (sql) => sql`grant all on facts, counters to shoal_app`);
    });
  });
  after(async () => {
    await servers?.[Symbol.asyncDispose]();
    const figures = {
      pg_recovery_s: Math.max(...recoveries) / 1_000,
      pg_connections_peak: Math.max(...peaks),
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  });

  async function withAdmin<T>(run: (db: Db) => Promise<T>): Promise<T> {
    const db = await connectDb({ url: servers.adminUrl, poolMax: 1, log: silentLog });
    try {
      return await run(db);
    } finally {
      await db.close();
    }
  }

  async function underLoad(
    leave: () => Promise<unknown>,
    comeBack: () => Promise<unknown>,
  ): Promise<Outcome> {
    await withAdmin((db) => db.query('empty', (sql) => sql`truncate facts`));
    const load = await DatabaseLoad.start(servers.appUrl);
    await eventually('the load runs', () => load.answered > 500);
    const samples = await ConnectionSamples.start(servers.adminUrl);
    await leave();
    await delay(awayMs);
    await comeBack();
    const back = performance.now();
    const recoveryMs = (await load.nextAnswer()) - back;
    const answered = load.answered;
    await eventually('the load runs again', () => load.answered > answered + 500);
    return { ...(await load.stop()), recoveryMs, ...(await samples.stop()) };
  }

  async function check(scene: string, outcome: Outcome): Promise<void> {
    const { answered, failed, slowestMs, written, recoveryMs, peak, samples } = outcome;
    recoveries.push(recoveryMs);
    peaks.push(peak);
    const ids = await withAdmin((db) =>
      db.query('ids', (sql) => sql<{ id: string }[]>`select id from facts`),
    );
    const kept = new Set(ids.map(({ id }) => Number(id)));
    const lost = [...written].filter((id) => !kept.has(id));
    const figures = {
      answered,
      failed,
      slowest_ms: Math.round(slowestMs),
      recovery_ms: Math.round(recoveryMs),
      connections: peak,
      samples,
    };
    process.stdout.write(
      `${scene}: ${JSON.stringify(figures)}, ${written.size} writes acknowledged, ${lost.length} lost, ${ids.length - written.size} done unacknowledged, load average ${(loadavg()[0] ?? 0).toFixed(1)}\n`,
    );
    assert.deepEqual(lost, []);
    assert.deepEqual(
      Object.keys(failed).filter((code) => !['unavailable', 'timeout', 'overloaded'].includes(code)),
      [],
    );
    // A caller hears at its deadline, whatever the server does; the rest is for a machine that is busy.
    assert.ok(slowestMs < 3 * deadlineMs, `a caller waited ${slowestMs} ms`);
    assert.ok(samples >= 3 && peak < 30, `${peak} connections of PostgreSQL in ${samples} samples`);
  }

  test('PostgreSQL is killed and started again', async () => {
    const outcome = await underLoad(
      () => servers.endPostgres('SIGKILL'),
      () => servers.startPostgres(),
    );
    await check('PostgreSQL killed', outcome);
  });

  test('PostgreSQL is restarted in order', async () => {
    const outcome = await underLoad(
      () => servers.endPostgres('SIGINT'),
      () => servers.startPostgres(),
    );
    await check('PostgreSQL restarted', outcome);
  });

  test('PostgreSQL stands still', async () => {
    let frozen: Frozen | undefined;
    const outcome = await underLoad(
      async () => (frozen = await servers.freezePostgres()),
      async () => frozen?.thaw(),
    );
    await check('PostgreSQL frozen', outcome);
  });

  test('PgBouncer is killed and started again', async () => {
    const outcome = await underLoad(
      () => servers.endPgbouncer(),
      () => servers.startPgbouncer(),
    );
    await check('PgBouncer killed', outcome);
  });

  test('PgBouncer stands still', async () => {
    let frozen: Frozen | undefined;
    const outcome = await underLoad(
      async () => (frozen = servers.freezePgbouncer()),
      async () => frozen?.thaw(),
    );
    await check('PgBouncer frozen', outcome);
  });
});
