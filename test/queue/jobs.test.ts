import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { z } from 'zod';
import { DbError } from '../../src/db/db.ts';
import {
  buryJob,
  completeJob,
  leaseDue,
  renewLeases,
  retryJob,
  returnJob,
} from '../../src/queue/job-leases.ts';
import { endLeases, jobHolders } from '../../src/queue/job-holders.ts';
import { countJobs, deadJobs, pruneJobs, replayDead } from '../../src/queue/job-records.ts';
import { enqueue, schedule, type JobKind } from '../../src/queue/jobs.ts';
import { jobStage, type JobStage } from '../jobs/stage.ts';

const note: JobKind<{ readonly n: number }> = {
  name: 'test.note',
  schema: z.object({ n: z.int() }),
  concurrency: 1,
  timeLimitMs: 1_000,
  retries: 1,
  retryFirstMs: 1,
  retryMaxMs: 1,
};
const slots = [{ kind: note.name, free: 10 }];

let stage: JobStage;
before(async () => {
  stage = await jobStage();
});
after(() => stage?.[Symbol.asyncDispose]());
beforeEach(() => stage.db.query('empty', (sql) => sql`delete from jobs`));

function lease(leaseMs = 60_000, holder = 'me') {
  return stage.db.query('lease', (sql) => leaseDue(sql, slots, leaseMs, holder));
}

test('a job is there if and only if the transaction that enqueued it commits', async () => {
  const undone = stage.db.transaction('undone', async (tx) => {
    await enqueue(tx, note, { n: 1 });
    throw new Error('changed my mind');
  });
  await assert.rejects(undone, /changed my mind/);
  await stage.enqueue(note, { n: 2 });
  const jobs = await lease();
  assert.deepEqual(
    jobs.map(({ payload }) => payload),
    [{ n: 2 }],
  );
});

test('a key makes one job, however many ask at once, also when it is done; without a key each is one', async () => {
  const ids = await Promise.all(
    Array.from({ length: 8 }, () => stage.enqueue(note, { n: 1 }, { key: 'same' })),
  );
  assert.equal(ids.filter((id) => id !== undefined).length, 1);
  const [job] = await lease();
  assert.ok(job);
  assert.equal(await stage.db.query('done', (sql) => completeJob(sql, job)), true);
  assert.equal(await stage.enqueue(note, { n: 1 }, { key: 'same' }), undefined);
  const [kept] = await stage.db.query('kept', (sql) => sql`select state, payload from jobs`);
  assert.deepEqual({ ...kept }, { state: 'done', payload: null });
  await Promise.all([stage.enqueue(note, { n: 2 }), stage.enqueue(note, { n: 2 })]);
  assert.equal((await lease()).length, 2);
});

test('a payload that is not the kind’s, or too large, is refused before the transaction is', async () => {
  const wrong = { n: 'one' } as unknown as { n: number };
  await assert.rejects(stage.enqueue(note, wrong), z.ZodError);
  const text: JobKind<string> = { ...note, schema: z.string() };
  await assert.rejects(
    stage.enqueue(text, 'x'.repeat(70_000)),
    (error) => error instanceof DbError && /jobs_payload_check/.test(error.message),
  );
});

test('callers who ask at the same time get different jobs, no more than they have room for, the oldest first', async () => {
  for (let n = 0; n < 12; n++) await stage.enqueue(note, { n }, { runAt: new Date(Date.now() - 60_000 + n) });
  await stage.enqueue(note, { n: 99 }, { runAt: new Date(Date.now() + 60_000) });
  const ask = () =>
    stage.db.query('lease', (sql) => leaseDue(sql, [{ kind: note.name, free: 5 }], 60_000, 'me'));
  const answers = await Promise.all([ask(), ask(), ask()]);
  assert.ok(answers.every((jobs) => jobs.length <= 5));
  const numbers = answers.flat().map(({ payload }) => z.object({ n: z.int() }).parse(payload).n);
  assert.deepEqual(
    numbers.toSorted((a, b) => a - b),
    Array.from({ length: 12 }, (_, n) => n),
  );
});

for (const key of ['a key', undefined])
  test(`who has lost a job may not renew, complete, retry, return or bury it (${key ?? 'no key'})`, async () => {
    await stage.enqueue(note, { n: 1 }, key === undefined ? {} : { key });
    const [old] = await lease(0);
    const [now] = await lease();
    assert.ok(old && now);
    assert.deepEqual([old.id, old.attempts, now.id, now.attempts], [now.id, 1, old.id, 2]);
    await stage.db.query('old', async (sql) => {
      assert.equal((await renewLeases(sql, [old], 1_000)).size, 0);
      assert.equal(await completeJob(sql, old), false);
      assert.equal(await retryJob(sql, old, 0, 'no'), false);
      assert.equal(await returnJob(sql, old), false);
      assert.equal(await buryJob(sql, old, 'no'), false);
      assert.deepEqual([...(await renewLeases(sql, [old, now], 1_000))], [now.id]);
      assert.equal(await returnJob(sql, now), true);
    });
    const [again] = await lease();
    assert.equal(again?.attempts, 2, 'an attempt that was given back counts');
  });

test('the jobs of a process that has ended are due at once, those of the others when their leases end', async () => {
  const kinds = [note.name];
  for (let n = 0; n < 2; n++) await stage.enqueue(note, { n });
  await stage.enqueue(note, { n: 2 }, { runAt: new Date(Date.now() + 10_000) });
  const one = [{ kind: note.name, free: 1 }];
  await stage.db.query('each', async (sql) => {
    const [dead] = await leaseDue(sql, one, 60_000, 'dead');
    await leaseDue(sql, one, 60_000, 'alive');
    assert.deepEqual((await jobHolders(sql, kinds, 60_000)).toSorted(), ['alive', 'dead']);
    assert.equal(await endLeases(sql, kinds, 60_000, ['dead']), 1);
    const [taken, ...more] = await leaseDue(sql, slots, 60_000, 'me');
    assert.deepEqual([taken?.id, taken?.attempts, more], [dead?.id, 2, []]);
    assert.deepEqual((await jobHolders(sql, kinds, 60_000)).toSorted(), ['alive', 'me']);
    assert.equal(await endLeases(sql, kinds, 60_000, ['dead']), 0);
  });
});

test('a release that writes no holder has a job for itself that an ended process had before', async () => {
  await stage.enqueue(note, { n: 1 });
  await stage.db.query('each', async (sql) => {
    const [job] = await leaseDue(sql, slots, 60_000, 'dead');
    assert.ok(job && (await retryJob(sql, job, 0, 'it broke')));
    // As the release before the column leases.
    await sql`update jobs set state = 'running', lease = lease + 1, run_at = now() + interval '1 minute'`;
    assert.deepEqual(await jobHolders(sql, [note.name], 60_000), []);
    assert.equal(await endLeases(sql, [note.name], 60_000, ['dead']), 0);
  });
});

test('dead jobs are counted and listed, replayed with all their attempts, and pruned in the end', async () => {
  const id = await stage.enqueue(note, { n: 1 }, { key: 'k' });
  const other = await stage.enqueue(note, { n: 2 });
  await stage.enqueue({ ...note, name: 'test.other' }, { n: 3 });
  await stage.db.query('bury', async (sql) => {
    for (const job of await leaseDue(sql, slots, 1_000, 'me')) await buryJob(sql, job, 'it broke');
    const counts = (await countJobs(sql)).toSorted((a, b) => a.kind.localeCompare(b.kind));
    assert.deepEqual(
      counts.map(({ kind, waiting, dead }) => [kind, waiting, dead]),
      [
        ['test.note', 0, 2],
        ['test.other', 1, 0],
      ],
    );
    const dead = await deadJobs(sql, 10);
    assert.deepEqual(
      new Map(dead.map((job) => [job.id, [job.key, job.reason]])),
      new Map([
        [id, ['k', 'it broke']],
        [other, [null, 'it broke']],
      ]),
    );
    assert.equal(await replayDead(sql, { kind: 'test.other' }), 0);
    assert.equal(await replayDead(sql, { id: id ?? '' }), 1);
    const [replayed] = await leaseDue(sql, slots, 1_000, 'me');
    assert.deepEqual([replayed?.id, replayed?.attempts], [id, 1]);
    assert.deepEqual(await pruneJobs(sql, { keyDays: 0, deadDays: 1 }), { keys: 0, dead: 0 });
    assert.deepEqual(await pruneJobs(sql, { keyDays: 0, deadDays: 0 }), { keys: 0, dead: 1 });
  });
});

test('a recurring job is there once for this period and once for the next, however many schedule it', async () => {
  const ask = () => stage.db.query('schedule', (sql) => schedule(sql, note, { n: 1 }, 3_600_000));
  await Promise.all([ask(), ask(), ask()]);
  const rows = await stage.db.query(
    'periods',
    (sql) => sql<{ minute: number; due: boolean }[]>`
      select extract(minute from run_at)::integer as minute, run_at <= now() as due from jobs order by run_at`,
  );
  assert.deepEqual(
    rows.map((row) => ({ ...row })),
    [
      { minute: 0, due: true },
      { minute: 0, due: false },
    ],
  );
  await assert.rejects(
    stage.db.query('weekly', (sql) => schedule(sql, note, { n: 1 }, 7 * 86_400_000)),
    /recurs at least daily/,
  );
});
