import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { after, before, describe, test } from 'node:test';
import postgres from 'postgres';
import { JOB_LEASE_MS } from '../../config/jobs.ts';
import { jobsConfig } from '../../src/config/config.ts';
import { runDeadJobs } from '../../src/jobs/dead-jobs.ts';
import type { Failure } from '../../src/lib/failure.ts';
import { eventually } from '../helpers/eventually.ts';
import { runToEnd } from '../helpers/processes.ts';
import { computed, failing, held, lasting, quick, stubborn } from './jobs-fixture.ts';
import { startJobs, type JobsProcess } from './jobs-process.ts';
import { jobStage, type JobStage } from './stage.ts';

const lastMonth = monthAfterNext();

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

/** Where a jobs process serves its metrics, from what it logged. */
function address(process: JobsProcess, path: string): string {
  const url = process.logged().find((line) => line['metricsUrl'])?.['metricsUrl'];
  return String(url).replace('/metrics', path);
}

describe('the jobs process', () => {
  let stage: JobStage;
  let first: JobsProcess;
  before(async () => {
    stage = await jobStage();
    await dropLastMonth(stage.servers.directUrl);
    first = startJobs(stage.env);
    await first.ready;
    await stage.enqueue(lasting, { n: 1, ms: JOB_LEASE_MS + 1_500 }, { key: 'lasting' });
  });
  after(async () => {
    await first?.[Symbol.asyncDispose]();
    await stage?.[Symbol.asyncDispose]();
  });

  /** The reasons of the dead jobs of one kind. */
  async function dead(kind: string): Promise<readonly string[]> {
    const rows = await stage.db.query(
      'dead',
      (sql) => sql<{ reason: string }[]>`select reason from jobs where kind = ${kind} and state = 'dead'`,
    );
    return rows.map(({ reason }) => reason);
  }

  async function metrics(): Promise<string> {
    return (await fetch(address(first, '/metrics'))).text();
  }

  test('jobs run once each, on time, and are gone', async () => {
    const later = new Date(Date.now() + 1_200);
    await stage.enqueue(quick, { n: 100 }, { runAt: later });
    await Promise.all(numbers(40).map((n) => stage.enqueue(quick, { n })));
    await eventually('all ran', async () => (await stage.effects('quick')).length === 41);
    assert.deepEqual(await stage.effects('quick'), [...numbers(40), 100]);
    const [timer] = await stage.db.query(
      'timer',
      (sql) => sql<{ at: Date }[]>`select at from effects where n = 100`,
    );
    assert.ok(timer && timer.at >= later, 'a timer fired before its time');
    const left = await stage.db.query('left', (sql) => sql`select from jobs where kind = ${quick.name}`);
    assert.equal(left.length, 0);
  });

  test('a job that fails is tried again, then dead with its reason, listed, and replayed', async () => {
    const id = (await stage.enqueue(failing, { n: 7 })) ?? '';
    await eventually('it is dead', async () => (await dead(failing.name)).length === 1);
    assert.deepEqual(await stage.effects('tried'), [7, 7]);
    await stage.db.query('cure', (sql) => sql`insert into effects (kind, n) values ('cured', 7)`);
    const config = jobsConfig(stage.env);
    const said: string[] = [];
    const run = (...args: string[]) => runDeadJobs(config, args, (line) => said.push(line));
    await run('dead');
    assert.match(
      said.at(-1) ?? '',
      new RegExp(`^${id} +fixture.failing +2 +\\d+ s ago +postgres://someone:\\[hidden\\]@db`),
    );
    const replayed = await runToEnd('jobs', ['replay', '--id', id], stage.env);
    assert.equal(replayed.stdout, '1 job will be tried again\n');
    await eventually('it ran', async () => (await stage.effects('failing')).length === 1);
    await run('dead');
    assert.equal(said.at(-1), 'no dead jobs');
    for (const args of [
      ['replay'],
      ['replay', '--id', '7; drop'],
      ['replay', '--all', '--id', '7'],
      ['bury'],
    ])
      await assert.rejects(run(...args), (error: Failure) => error.exitCode === 64);
  });

  test('a computation over its time or its memory is killed, the others go on, and the process answers meanwhile', async () => {
    for (let thread = 0; thread < computed.concurrency; thread++)
      await stage.enqueue(computed, { n: thread, what: 'spin' });
    await stage.enqueue(computed, { n: 1, what: 'eat' });
    await Promise.all(numbers(6).map((n) => stage.enqueue(computed, { n, what: 'square' })));
    await stage.enqueue(quick, { n: 200 });
    await eventually('the quick one ran', async () => (await stage.effects('quick')).includes(200));
    assert.equal((await fetch(address(first, '/healthz'))).status, 200);
    await eventually('the others ran', async () => (await stage.effects('computed')).length === 6);
    assert.deepEqual(await stage.effects('computed'), [0, 1, 4, 9, 16, 25]);
    const reasons = await eventually('the bad ones are dead', async () => {
      const found = await dead(computed.name);
      return found.length === 3 && found.toSorted().join('\n');
    });
    assert.match(reasons, /memory limit/);
    assert.match(reasons, /not done within its time limit of 4000 ms/);
  });

  test('what it did is in its metrics, and its readiness is the queue’s', async () => {
    assert.equal((await fetch(address(first, '/readyz'))).status, 200);
    const text = await eventually('the queue is counted', async () => {
      const now = await metrics();
      return /^shoal_jobs_dead\{kind="fixture.computed",.*\} 3$/m.test(now) && now;
    });
    const families = ['started_total', 'ended_total', 'waiting', 'oldest_seconds', 'dead'];
    for (const family of families) assert.match(text, new RegExp(`^shoal_jobs_${family}\\{.+\\} \\d`, 'm'));
    for (const outcome of ['completed', 'failed', 'dead'])
      assert.match(
        text,
        new RegExp(`^shoal_jobs_ended_total\\{kind="fixture.failing",outcome="${outcome}",.*\\} 1$`, 'm'),
      );
    assert.match(text, /^shoal_job_seconds_count\{.*kind="fixture.quick".*\} 42$/m);
    await eventually('the maintenance ran', async () =>
      /kind="maintenance",outcome="completed"/.test(await metrics()),
    );
    const [ahead] = await stage.db.query(
      'ahead',
      (sql) => sql`select to_regclass(${lastMonth}) is not null as made`,
    );
    assert.equal(ahead?.['made'], true, lastMonth);
  });

  test('a job that takes longer than its lease is not started twice', async () => {
    await eventually('it ran', async () => (await stage.effects('lasting')).length === 1);
    const [row] = await stage.db.query(
      'attempts',
      (sql) => sql`select state, attempts from jobs where kind = ${lasting.name}`,
    );
    assert.deepEqual({ ...row }, { state: 'done', attempts: 1 });
  });

  test('what a killed process had, and what a stopped one gives back, runs elsewhere, each with one effect', async () => {
    await using second = startJobs(stage.env);
    await second.ready;
    const keyed = numbers(20).map((n) => stage.enqueue(held, { n }, { key: `held ${n}` }));
    await Promise.all(keyed);
    await eventually('both have begun', async () => (await stage.effects('begun')).length === 20);
    await using third = startJobs(stage.env);
    await stage.enqueue(stubborn, { n: 1, ms: 200 });
    second.kill('SIGKILL');
    first.kill('SIGTERM');
    await third.ready;
    assert.equal(await first.ended, 0);
    await eventually('all ran', async () => (await stage.effects('held')).length === 20, 20_000);
    assert.deepEqual(await stage.effects('held'), numbers(20));
    assert.deepEqual(await stage.effects('stubborn'), [1]);
    const takenOver = third.logged().filter(({ msg }) => String(msg).startsWith('taking over'));
    assert.deepEqual(
      takenOver.map(({ jobs, of }) => [jobs, of]),
      [[10, [`process ${second.pid} on host ${hostname()}`]]],
    );
    const attempts = await stage.db.query(
      'attempts',
      (sql) => sql<{ attempts: number; jobs: number }[]>`
        select attempts, count(*)::integer as jobs from jobs where kind = ${held.name} and state = 'done'
        group by attempts order by attempts`,
    );
    // An attempt ended by SIGKILL counts, one that was given back does not.
    assert.deepEqual(
      attempts.map((row) => ({ ...row })),
      [
        { attempts: 1, jobs: 10 },
        { attempts: 2, jobs: 10 },
      ],
    );
  });
});

/** So that it is seen who makes it. */
async function dropLastMonth(ownerUrl: string): Promise<void> {
  const owner = postgres(ownerUrl, { max: 1 });
  await owner`drop table ${owner(lastMonth)}`;
  await owner.end();
}

/** The partition furthest ahead, of the month after next: `command_usage_2027_01`. */
function monthAfterNext(): string {
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2));
  return `command_usage_${month.toISOString().slice(0, 7).replace('-', '_')}`;
}
