import { connectDb, type Db } from '../../src/db/db.ts';
import type { Environment } from '../../src/demo/child.ts';
import { enqueue, type EnqueueOptions, type JobKind } from '../../src/queue/jobs.ts';
import { migratedServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

/** Servers with a migrated database and the table in which the fixture's handlers leave their effects. */
export interface JobStage extends AsyncDisposable {
  readonly servers: TestServers;
  readonly db: Db;
  readonly env: Environment;
  enqueue<Payload>(
    kind: JobKind<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<string | undefined>;
  /** The numbers in `effects` of one kind, sorted. */
  effects(kind: string): Promise<readonly number[]>;
}

export async function jobStage(): Promise<JobStage> {
  await using opened = new AsyncDisposableStack();
  const servers = opened.use(await migratedServers());
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  const env = {
    PATH,
    HOME,
    NODE_COMPILE_CACHE,
    NODE_ENV: 'test',
    DISCORD_TOKEN: 'fake.jobs.token',
    ...servers.env,
  };
  const owner = await connectDb({ url: servers.directUrl, poolMax: 1, log: silentLog });
  const app = new URL(servers.postgresUrl).username;
  await owner.query('effects', (sql) =>
    sql.unsafe(
      `create table effects (kind text, n integer, at timestamptz default now()); grant select, insert on effects to ${app}`,
    ),
  );
  await owner.close();
  const db = opened.adopt(await connectDb({ url: servers.postgresUrl, poolMax: 5, log: silentLog }), (pool) =>
    pool.close(),
  );
  const kept = opened.move();
  return {
    servers,
    db,
    env,
    enqueue: (kind, payload, options) =>
      db.transaction('enqueue', (tx) => enqueue(tx, kind, payload, options), { deadlineMs: 10_000 }),
    async effects(kind) {
      const rows = await db.query(
        'effects',
        (sql) => sql<{ n: number }[]>`select n from effects where kind = ${kind} order by n`,
      );
      return rows.map(({ n }) => n);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
