import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { getConstructionPlans, PgBoss, type Db as BossDb, type WorkOptions } from 'pg-boss';
import { z } from 'zod';
import { connectDb, type Db, type Sql } from '../../src/db/db.ts';
import { createDiscordRest } from '../../src/discord/discord.ts';
import { CustomIds } from '../../src/features/custom-id.ts';
import { defineJob } from '../../src/features/job.ts';
import { Runner } from '../../src/jobs/runner.ts';
import { tableLines } from '../../src/lib/table-lines.ts';
import { enqueue, type JobKind } from '../../src/queue/jobs.ts';
import { eventually } from '../helpers/eventually.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { jobStage } from '../jobs/stage.ts';

/**
 * Our queue beside pg-boss, through PgBouncer in transaction mode: enqueueing in a transaction of the caller's, running what waits,
 * and what an idle process asks of PostgreSQL, with the same kinds, concurrency and polling. Prints medians of `--rounds=N` (default 5).
 */
const rounds = Number(/^--rounds=(\d+)$/.exec(process.argv[2] ?? '')?.[1] ?? 5);
const jobs = 500;
/** Fewer than the pool has connections: pg-boss may need a second one while the caller's transaction holds the first. */
const callers = 4;
const idleMs = 4_000;
const names = ['one', 'two', 'three', 'four', 'five'];
const concurrency = 20;

interface Side {
  enqueue(tx: Sql, n: number): Promise<unknown>;
  start(onJob: () => void): Promise<() => Promise<unknown>>;
  /** Of jobs that wait, run or are still to be settled. */
  open(sql: Sql): PromiseLike<readonly object[]>;
}

await using stage = await jobStage();
let queries = 0;
const db: Db = {
  ...stage.db,
  query: (name, run, options) => (queries++, stage.db.query(name, run, options)),
  transaction: (name, run, options) => (queries++, stage.db.transaction(name, run, options)),
};
await createBossSchema();
const sides: Readonly<Record<string, Side>> = {
  ours: ourSide(),
  // Each job is fetched and settled by itself, as ours are.
  'pg-boss, job by job': await bossSide({ localConcurrency: concurrency }),
  // A batch is fetched and settled by one statement: fast jobs wait for the slowest of theirs, and fail with it.
  'pg-boss, in batches': await bossSide({ batchSize: concurrency, burstWhenBatchFull: true }),
};
const measured = Object.keys(sides).map((name) => ({
  name,
  enqueueMs: [] as number[],
  perSecond: [] as number[],
  idle: 0,
}));

for (let round = 0; round < rounds; round++)
  for (const entry of measured) {
    const side = sides[entry.name];
    if (side === undefined) continue;
    const begun = performance.now();
    await Promise.all(Array.from({ length: callers }, () => enqueueSome(side, jobs / callers)));
    entry.enqueueMs.push((performance.now() - begun) / jobs);
    const all = Promise.withResolvers<void>();
    let left = jobs;
    const started = performance.now();
    const stop = await side.start(() => --left === 0 && all.resolve());
    await all.promise;
    entry.perSecond.push((jobs / (performance.now() - started)) * 1_000);
    if (round === 0) entry.idle = await idleQueries(side);
    await stop();
  }

const rows = measured.map(({ name, enqueueMs, perSecond, idle }) => [
  name,
  shown(enqueueMs, 2),
  shown(perSecond, 0),
  idle.toFixed(1),
]);
const heading = ['queue', 'ms to enqueue one', 'jobs run a second', 'idle queries a second'];
for (const line of tableLines([heading, ...rows])) process.stdout.write(`${line}\n`);
const [ours, single, batched] = measured;
const figures = {
  job_enqueue_ratio: ratio(ours?.enqueueMs, single?.enqueueMs),
  job_throughput_ratio: ratio(ours?.perSecond, single?.perSecond),
  job_throughput_ratio_batched: ratio(ours?.perSecond, batched?.perSecond),
  job_idle_queries: measured.map(({ idle }) => idle),
  rounds,
  load_average: Number((loadavg()[0] ?? 0).toFixed(1)),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);

function ourSide(): Side {
  // These jobs call nobody.
  const { api } = createDiscordRest({
    token: 'fake',
    apiUrl: 'http://127.0.0.1:1/api',
    onUnauthorized: () => {},
  });
  const customIds = new CustomIds('fake');
  const kinds = names.map((name): JobKind<{ readonly n: number }> => {
    const limits = { concurrency, timeLimitMs: 60_000, retries: 2, retryFirstMs: 1_000, retryMaxMs: 10_000 };
    return { name, schema: z.object({ n: z.int() }), ...limits };
  });
  return {
    open: (sql) => sql`select from jobs where state in ('waiting', 'running') limit 1`,
    async enqueue(tx, n) {
      const kind = kinds[n % kinds.length];
      if (kind) await enqueue(tx, kind, { n });
    },
    async start(onJob) {
      const definitions = kinds.map((kind) => defineJob({ kind, run: async () => onJob() }));
      const runner = new Runner(definitions, { db, api, customIds, log: silentLog });
      const stop = new AbortController();
      const over = runner.run(stop.signal);
      return () => (stop.abort(), over);
    },
  };
}

async function createBossSchema(): Promise<void> {
  const owner = await connectDb({ url: stage.servers.directUrl, poolMax: 1, log: silentLog });
  const app = new URL(stage.servers.postgresUrl).username;
  const grants = [
    'usage on schema',
    'select, insert, update, delete on all tables in schema',
    'usage on all sequences in schema',
  ];
  await owner.query('boss', (sql) => sql.unsafe(getConstructionPlans('pgboss')), { deadlineMs: 60_000 });
  for (const right of grants)
    await owner.query('grant', (sql) => sql.unsafe(`grant ${right} pgboss to ${app}`));
  await owner.close();
}

function newBoss(): PgBoss {
  return new PgBoss({
    db: over((run) => db.query('boss', run, { deadlineMs: 10_000 })),
    migrate: false,
    createSchema: false,
    reindex: false,
  });
}

async function bossSide(workers: WorkOptions): Promise<Side> {
  const sender = await newBoss()
    .on('error', () => {})
    .start();
  for (const name of names) await sender.createQueue(name, { retryLimit: 2 });
  return {
    open: (sql) => sql`select from pgboss.job where name in ${sql(names)} and state < 'completed' limit 1`,
    enqueue: (tx, n) => sender.send(names[n % names.length] ?? '', { n }, { db: over((run) => run(tx)) }),
    async start(onJob) {
      const boss = await newBoss()
        .on('error', () => {})
        .start();
      const options = { pollingIntervalSeconds: 0.5, ...workers };
      for (const name of names) await boss.work(name, options, async (batch) => batch.forEach(onJob));
      return () => boss.stop({ graceful: false });
    },
  };
}

function literal(value: unknown): unknown {
  return Array.isArray(value) ? `{${value.map((item) => JSON.stringify(item)).join(',')}}` : value;
}

/** What pg-boss needs of a driver. It hands over arrays that postgres.js cannot type behind a pooler: they become literals. */
function over(
  run: (query: (sql: Sql) => PromiseLike<readonly object[]>) => PromiseLike<readonly object[]>,
): BossDb {
  return {
    async executeSql(text, values = []) {
      return { rows: [...(await run((sql) => sql.unsafe(text, values.map(literal) as string[])))].flat() };
    },
  };
}

async function enqueueSome(side: Side, count: number): Promise<void> {
  for (let n = 0; n < count; n++)
    await stage.db.transaction('enqueue', (tx) => side.enqueue(tx, n), { deadlineMs: 10_000 });
}

async function idleQueries(side: Side): Promise<number> {
  await eventually(
    'all are settled',
    async () => (await stage.db.query('open', (sql) => side.open(sql))).length === 0,
  );
  const before = queries;
  await delay(idleMs);
  return (queries - before) / (idleMs / 1_000);
}

function sorted(values: readonly number[] = []): number[] {
  return values.toSorted((a, b) => a - b);
}

function median(values: readonly number[] = []): number {
  return sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function shown(values: readonly number[], digits: number): string {
  const all = sorted(values);
  return `${median(values).toFixed(digits)} (${all[0]?.toFixed(digits)}–${all.at(-1)?.toFixed(digits)})`;
}

function ratio(ours: readonly number[] | undefined, peer: readonly number[] | undefined): number {
  return Number((median(ours) / median(peer)).toFixed(2));
}
