import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { DbError } from '../../src/db/db.ts';
import type { JobKind } from '../../src/queue/jobs.ts';
import { eventually } from '../helpers/eventually.ts';
import { postgresPids } from '../helpers/freeze.ts';
import { killForRespawn } from '../helpers/respawn.ts';
import { lasting, quick } from '../jobs/jobs-fixture.ts';
import { startJobs } from '../jobs/jobs-process.ts';
import { jobStage, type JobStage } from '../jobs/stage.ts';

const jobs = 2_000;
const timers = 50;
const kills = 12;

let stage: JobStage;
/** Enqueueings that failed and were tried again. */
let refused = 0;
const servers = new AsyncDisposableStack();
before(async () => {
  stage = await jobStage();
});
after(async () => {
  await servers.disposeAsync();
  await stage?.[Symbol.asyncDispose]();
});

/** As a caller does who must be sure: again with the same key until it is acknowledged, whatever was lost on the way. */
async function enqueueSurely<Payload>(
  kind: JobKind<Payload>,
  payload: Payload,
  key: string,
  runAt = new Date(),
) {
  await eventually(
    `${key} is acknowledged`,
    async () => {
      try {
        await stage.enqueue(kind, payload, { key, runAt });
        return true;
      } catch (error) {
        if (error instanceof DbError) refused++;
        throw error;
      }
    },
    60_000,
  );
}

/** Every tenth one lasts a while, so that each kill and outage meets some. */
async function enqueueAll(): Promise<void> {
  for (let n = 0; n < jobs; n++) {
    if (n % 10 === 0) await enqueueSurely(lasting, { n, ms: 500 + n }, `lasting ${n}`);
    else await enqueueSurely(quick, { n }, `quick ${n}`);
  }
}

function firedTimers(): Promise<readonly { readonly n: number; readonly at: Date }[]> {
  return stage.db.query(
    'fired',
    (sql) => sql<{ n: number; at: Date }[]>`select n, at from effects where n >= ${jobs}`,
  );
}

async function effectsOf(kind: string): Promise<readonly number[]> {
  return eventually('PostgreSQL answers', () => stage.effects(kind), 30_000);
}

test(`${jobs} jobs on two processes: ${kills} SIGKILLs, PgBouncer and PostgreSQL killed: none is lost, each has one effect`, async () => {
  await using opened = new AsyncDisposableStack();
  let isEnqueued = false;
  const enqueued = enqueueAll().finally(() => (isEnqueued = true));
  let older = opened.use(startJobs(stage.env));
  let pooler = stage.servers.pid('pgbouncer');
  for (let kill = 1; kill <= kills; kill++) {
    const younger = opened.use(startJobs(stage.env));
    // One that starts while PostgreSQL is away ends with 69, and PM2 would start it again.
    await Promise.race([younger.ready, younger.ended]).catch(() => undefined);
    if (kill % 4 === 0) {
      const again = killForRespawn(pooler);
      const before = refused;
      await eventually('it is missed', () => isEnqueued || refused > before, 30_000);
      pooler = servers.use(await again()).pid;
    }
    // The postmaster ends all other backends and recovers from its log.
    if (kill % 4 === 2) process.kill((await postgresPids(stage.servers.directUrl))[1] ?? 0, 'SIGKILL');
    await delay(Math.random() * 1_500);
    older.kill('SIGKILL');
    older = younger;
  }
  await enqueued;
  await using last = startJobs(stage.env);
  await last.ready;
  await eventually(
    'all ran',
    async () => (await stage.effects('quick')).length + (await stage.effects('lasting')).length >= jobs,
    60_000,
  );
  const all = [...(await effectsOf('quick')), ...(await effectsOf('lasting'))].toSorted((a, b) => a - b);
  const states = await stage.db.query(
    'states',
    (sql) => sql<{ state: string; jobs: number; tries: number }[]>`
      select state, count(*)::integer as jobs, max(attempts) as tries from jobs where kind like 'fixture.%' group by state`,
  );
  const lost = jobs - new Set(all).size;
  const doubled = all.length - new Set(all).size;
  process.stdout.write(
    `${JSON.stringify({ jobs_lost: lost, jobs_doubled: doubled, jobs, kills, states })}\n`,
  );
  assert.deepEqual([lost, doubled], [0, 0]);
  assert.deepEqual(
    states.map((row) => [row.state, row.jobs]),
    [['done', jobs]],
  );
});

test(`${timers} timers on two processes, of which one is killed: each fires once, within 2 s`, async () => {
  await using survivor = startJobs(stage.env);
  await using other = startJobs(stage.env);
  await Promise.all([survivor.ready, other.ready]);
  const due = new Map<number, number>();
  for (let index = 0; index < timers; index++) {
    const n = jobs + index;
    due.set(n, Date.now() + 2_000 + Math.random() * 6_000);
    await enqueueSurely(quick, { n }, `timer ${n}`, new Date(due.get(n) ?? 0));
  }
  await eventually('some have fired', async () => (await firedTimers()).length > timers / 5);
  other.kill('SIGKILL');
  const fired = await eventually(
    'all fired',
    async () => {
      const rows = await firedTimers();
      return rows.length >= timers && rows;
    },
    40_000,
  );
  assert.equal(fired.length, timers);
  const late = fired.map(({ n, at }) => at.getTime() - (due.get(n) ?? 0)).toSorted((a, b) => a - b);
  const figures = { timer_late_ms_p50: late[timers / 2], timer_late_ms_max: late.at(-1), timers };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  const over = late.filter((ms) => Math.abs(ms) > 2_000).length;
  // What the killed process had just leased waits for the lease to end.
  assert.ok(over <= quick.concurrency, `${over} timers fired more than 2 s off`);
  assert.ok((late[0] ?? -1) >= 0, 'a timer fired before its time');
});
