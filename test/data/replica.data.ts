import assert from 'node:assert/strict';
import { loadavg } from 'node:os';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connectDb, type Db } from '../../src/db/db.ts';
import { replicaLagMaxMs } from '../../src/db/replica.ts';
import { eventually } from '../helpers/eventually.ts';
import { testServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { StreamingReplica } from '../helpers/streaming-replica.ts';

interface Seen {
  readonly onReplica: boolean;
  /** How long ago what was read was written. */
  readonly ageMs: number;
}

async function write(db: Db): Promise<void> {
  const now = Math.round(performance.now());
  await db.query(
    'write',
    (sql) => sql`insert into clock values (1, ${now}) on conflict (id) do update set at = ${now}`,
  );
}

async function read(db: Db): Promise<Seen> {
  const [row] = await db.read(
    'read',
    (sql) => sql<{ on: boolean; at: number }[]>`select pg_is_in_recovery() as on, at from clock`,
  );
  return { onReplica: row?.on === true, ageMs: performance.now() - (row?.at ?? 0) };
}

test('a replica that falls behind is left at the bound, and read again when it has caught up', async () => {
  await using servers = await testServers();
  await using replica = await StreamingReplica.of(servers);
  await using pools = new AsyncDisposableStack();
  const open = async (url: string, replicaUrl?: string): Promise<Db> =>
    pools.adopt(await connectDb({ url, replicaUrl, poolMax: 2, log: silentLog }), (db) => db.close());
  const db = await open(servers.directUrl, replica.urlOf(servers.directUrl));
  const direct = await open(replica.superuserUrl);
  await db.query('table', (sql) => sql`create table clock (id int primary key, at int not null)`);
  await write(db);
  await eventually('the replica is read', async () => (await read(db)).onReplica);

  await direct.query('pause', (sql) => sql`select pg_wal_replay_pause()`);
  const stale: number[] = [];
  await eventually(
    'the primary is read',
    async () => {
      await write(db);
      const { onReplica, ageMs } = await read(db);
      if (onReplica) stale.push(ageMs);
      return !onReplica;
    },
    20_000,
  );
  for (let n = 0; n < 20; n += 1) {
    await delay(50);
    assert.equal((await read(db)).onReplica, false, 'back at a replica that still lags');
  }
  await direct.query('resume', (sql) => sql`select pg_wal_replay_resume()`);
  await eventually('the replica is read again', async () => (await read(db)).onReplica);

  const oldest = Math.max(...stale);
  process.stdout.write(
    `replica paused: oldest read ${Math.round(oldest)} ms of at most ${replicaLagMaxMs}, load average ${(loadavg()[0] ?? 0).toFixed(1)}\n`,
  );
  // Longer than a second: the replica was indeed read while it lagged. The rest of a second is for a machine that is busy.
  assert.ok(oldest > 1_000 && oldest < replicaLagMaxMs + 1_000, `a read was ${oldest} ms old`);
});
