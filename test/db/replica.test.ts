import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connectDb, type Db, type ReadOptions } from '../../src/db/db.ts';
import { Freshness } from '../../src/db/freshness.ts';
import { RecentWrites } from '../../src/db/recent-writes.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze, postgresPids } from '../helpers/freeze.ts';
import { metricSamples, metricValue } from '../helpers/metric-value.ts';
import { recordingLog } from '../helpers/recording-log.ts';
import { testServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { StreamingReplica } from '../helpers/streaming-replica.ts';

/** In seconds, as shown. */
function lag(): Promise<number> {
  return metricValue('shoal_db_replica_lag_seconds', { pool: 'replica' });
}

function reads(source: string): Promise<number> {
  return metricValue('shoal_db_reads_total', { source });
}

function unanswered(): Promise<number> {
  return metricValue('shoal_db_calls_unanswered_total', {});
}

/** Looks at a replica that it did not answer. */
function inVain(): Promise<number> {
  return metricValue('shoal_db_query_seconds_count', { query: 'replica.replayed', outcome: 'timeout' });
}

describe('a streaming replica', () => {
  let servers: TestServers;
  let replica: StreamingReplica;
  let primaryUrl: string;
  let replicaUrl: string;
  let db: Db;

  before(async () => {
    servers = await testServers();
    replica = await StreamingReplica.of(servers);
    primaryUrl = servers.directUrl;
    replicaUrl = replica.urlOf(primaryUrl);
    db = await connectDb({ url: primaryUrl, replicaUrl, poolMax: 2, log: silentLog });
    await db.query('table', (sql) => sql`create table notes (id int primary key)`);
  });
  after(async () => {
    // `before` may have failed half-way.
    await db?.close();
    await replica?.stop();
    await servers?.stop();
  });

  /** Whether a read is answered by the replica, and the newest note that it sees. */
  async function look(options: ReadOptions = {}): Promise<{ onReplica: boolean; newest: number | null }> {
    const [row] = await db.read(
      'look',
      (sql) => sql<{ onReplica: boolean; newest: number | null }[]>`
        select pg_is_in_recovery() as "onReplica", max(id) as newest from notes`,
      options,
    );
    assert.ok(row);
    return { ...row };
  }

  async function write(id: number, wrote: string): Promise<void> {
    await db.query('write', (sql) => sql`insert into notes values (${id})`, { wrote });
  }

  /** On the replica itself, past the pool. */
  async function onReplica(statement: 'pg_wal_replay_pause' | 'pg_wal_replay_resume'): Promise<void> {
    const direct = await connectDb({ url: replica.superuserUrl, poolMax: 1, log: silentLog });
    await direct.query('replay', (sql) => sql`select ${sql(statement)}()`);
    await direct.close();
  }

  test('answers reads that tolerate lag, and no others', async () => {
    await eventually('the replica is read', async () => (await look()).onReplica);
    const [row] = await db.query('query', (sql) => sql<{ on: boolean }[]>`select pg_is_in_recovery() as on`);
    assert.equal(row?.on, false);
    const [lag] = await metricSamples('shoal_db_replica_lag_seconds');
    assert.ok(lag !== undefined && lag.value < 5, JSON.stringify(lag));
  });

  test('shows its own write to who just wrote, from the primary until the replica has it', async () => {
    await onReplica('pg_wal_replay_pause');
    try {
      await write(1, 'guild:1');
      assert.deepEqual(await look({ sees: 'guild:1' }), { onReplica: false, newest: 1 });
      assert.deepEqual(await look({ sees: 'guild:2' }), { onReplica: true, newest: null });
      assert.deepEqual(await look(), { onReplica: true, newest: null });
    } finally {
      await onReplica('pg_wal_replay_resume');
    }
    const seen = await eventually('the write is read from the replica', async () => {
      const now = await look({ sees: 'guild:1' });
      return now.onReplica && now;
    });
    assert.equal(seen.newest, 1);
    assert.ok((await reads('wrote')) >= 1);
  });

  test('is left for the primary within the deadline while it is frozen, and read again afterwards', async () => {
    const frozen = freeze(await postgresPids(replicaUrl));
    try {
      assert.equal((await look({ deadlineMs: 5_000 })).onReplica, false);
      const [failed, lagging] = [await reads('failed'), await reads('lagging')];
      assert.equal((await look({ deadlineMs: 5_000 })).onReplica, false);
      // The second reader does not wait for it again.
      assert.deepEqual([await reads('failed'), await reads('lagging')], [failed, lagging + 1]);
      await eventually('it is behind, and ever more', async () => (await lag()) > 2);
      await eventually('what the replica alone does not answer is not counted', async () => {
        const [calls, before] = [await inVain(), await unanswered()];
        await eventually('one more is in vain', async () => (await inVain()) > calls);
        return (await unanswered()) === before;
      });
    } finally {
      frozen.thaw();
    }
    await eventually('the replica is read again', async () => (await look()).onReplica);
  });

  test('that was behind is seen to have caught up also when nobody reads', async () => {
    await eventually('the replica is read', async () => (await look()).onReplica);
    await onReplica('pg_wal_replay_pause');
    try {
      await write(2, 'guild:1');
      await eventually('it is behind', async () => !(await look()).onReplica && (await lag()) > 5, 15_000);
    } finally {
      await onReplica('pg_wal_replay_resume');
    }
    await eventually('it has caught up', async () => (await lag()) < 1);
  });

  test('may be away at the start', async () => {
    const away = await connectDb({
      url: primaryUrl,
      replicaUrl: 'postgres://a@127.0.0.1:1/b',
      poolMax: 1,
      log: silentLog,
    });
    const [row] = await away.read('away', (sql) => sql<{ n: number }[]>`select 1 as n`);
    assert.equal(row?.n, 1);
    await eventually('it is behind, and ever more', async () => (await lag()) > 1);
    await away.close();
  });

  test('is refused when it is none', async () => {
    const { log, lines } = recordingLog();
    const two = await connectDb({ url: primaryUrl, replicaUrl: primaryUrl, poolMax: 1, log });
    const before = await reads('lagging');
    await two.read('none', (sql) => sql`select 1`);
    assert.equal(await reads('lagging'), before + 1);
    await two.close();
    assert.match(JSON.stringify(lines()), /READ_REPLICA_POSTGRES_URL is no replica/);
  });

  test('that dies is not missed', async () => {
    void replica.stop();
    const refusals: unknown[] = [];
    // Its backends notice it one by one.
    await eventually('the primary is read', async () => {
      const seen = await look().catch((error: unknown) => refusals.push(error));
      return typeof seen === 'object' && !seen.onReplica;
    });
    for (let n = 0; n < 3; n += 1) assert.equal((await look()).onReplica, false);
    assert.deepEqual(refusals, []);
  });
});

describe('what is known of a replica', () => {
  test('is as fresh as the last position of the primary that it has replayed', () => {
    const freshness = new Freshness(3);
    assert.equal(freshness.freshAtMs, -Infinity);
    freshness.written(100, 1_000);
    freshness.replayed(99);
    assert.equal(freshness.freshAtMs, -Infinity);
    freshness.replayed(100);
    assert.equal(freshness.freshAtMs, 1_000);
    freshness.written(200, 2_000);
    freshness.written(200, 3_000);
    freshness.written(300, 4_000);
    freshness.replayed(250);
    assert.equal(freshness.freshAtMs, 3_000);
    for (const n of [5, 6, 7, 8]) freshness.written(n * 100, n * 1_000);
    freshness.replayed(550);
    // The mark of 500 is forgotten: an older answer is given, never a newer one.
    assert.equal(freshness.freshAtMs, 4_000);
    freshness.lost();
    assert.equal(freshness.freshAtMs, -Infinity);
  });

  test('of one that is further behind than marks are kept, the lag is known, and does not grow', () => {
    const freshness = new Freshness(4);
    const ages: number[] = [];
    for (let second = 0; second < 60; second++) {
      freshness.written(second, second);
      freshness.replayed(second - 6);
      if (second >= 12) ages.push(second - freshness.freshAtMs);
    }
    assert.ok(Math.min(...ages) >= 6);
    assert.ok(Math.max(...ages) <= 12, String(ages));
  });

  test('a write is remembered until it is everywhere, and forgotten ones count for every key', () => {
    const writes = new RecentWrites();
    writes.wrote('a', 1);
    writes.wrote('b', 2);
    writes.wrote('a', 3);
    assert.deepEqual([writes.seenFrom('a'), writes.seenFrom('b'), writes.seenFrom('c')], [3, 2, -Infinity]);
    writes.settled(2);
    assert.deepEqual([writes.seenFrom('a'), writes.seenFrom('b')], [3, -Infinity]);
    for (let n = 0; n < 10_000; n += 1) writes.wrote(`key ${n}`, 10 + n);
    assert.equal(writes.seenFrom('a'), 3);
    assert.equal(writes.seenFrom('never written'), 3);
  });
});
