import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import type { DbError } from '../../src/db/db.ts';
import { rollPartitions, type Months } from '../../src/db/partitions.ts';
import { QueueError, type FactKind } from '../../src/queue/fact.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze, postgresPids } from '../helpers/freeze.ts';
import { countOf, counted, countedAs } from './counted.ts';
import { queueStage, type QueueStage } from './stage.ts';

let stage: QueueStage;
before(async () => {
  stage = await queueStage();
});
after(() => stage?.close());

let keys = 0;
function facts(name: string, count: number) {
  return Array.from({ length: count }, () => ({ key: `fact-${keys++}`, body: { name } }));
}

function counts(name: string, expected: number, deadlineMs?: number): Promise<unknown> {
  return eventually(
    `${expected} of ${name}`,
    async () => (await countOf(stage.sql, name)) === expected,
    deadlineMs,
  );
}

test('facts arrive, and a replay is recognised by its key, in one batch and in another', async () => {
  const queue = await stage.open();
  const some = facts('once', 120);
  await Promise.all([...some, ...some.slice(0, 20)].map((fact) => queue.enqueue(counted, fact)));
  await counts('once', 120);
  await Promise.all(some.map((fact) => queue.enqueue(counted, fact)));
  await eventually('all are written', () => queue.status()[0]?.depth === 0);
  assert.equal(await countOf(stage.sql, 'once'), 120);
});

test('large facts are written like small ones: all that waited, though a read brings a few', async () => {
  const queue = await stage.open({ limits: { max: 8, lingerMs: 2 ** 30 } });
  const all = facts('large', 8).map(({ key, body }) => ({ key, body: { ...body, pad: 'x'.repeat(40_000) } }));
  await Promise.all(all.map((fact) => queue.enqueue(counted, fact)));
  await counts('large', 8);
});

test('a refused fact is put aside with the reason, costs no other, and can be replayed', async () => {
  const queue = await stage.open();
  const bad = facts('refused', 2);
  const all = [...facts('beside', 30), ...bad, ...facts('beside', 30)];
  await Promise.all(all.map((fact) => queue.enqueue(counted, fact)));
  await counts('beside', 60);
  await eventually('both are put aside', async () => (await queue.deadFacts()) === 2);
  const [dead] = await stage.sql<{ body: unknown; reason: string }[]>`
    select body, reason from dead_facts where key = ${bad[0]?.key ?? ''}`;
  assert.deepEqual(dead?.body, { name: 'refused' });
  assert.match(dead?.reason ?? '', /violates check constraint .*23514/);
  assert.equal(queue.status()[0]?.deadLetters, 2);

  assert.deepEqual(await queue.replay({ kind: '', key: '' }), { written: 0, refused: 2 });
  await stage.sql`alter table counted drop constraint counted_name_check`;
  assert.deepEqual(await queue.replay({ kind: '', key: '' }), { written: 2, refused: 0 });
  assert.equal(await countOf(stage.sql, 'refused'), 2);
  assert.equal(await queue.deadFacts(), 0);
});

test('what befalls every fact is waited out: a missing right puts nothing aside', async () => {
  const role = stage.sql(new URL(stage.servers.postgresUrl).username);
  const queue = await stage.open();
  await stage.sql`revoke insert on counted from ${role}`;
  await Promise.all(facts('denied', 3).map((fact) => queue.enqueue(counted, fact)));
  await eventually('it was tried', () => (queue.status()[0]?.oldestMs ?? 0) > 200);
  await stage.sql`grant insert on counted to ${role}`;
  await counts('denied', 3);
  assert.equal(await queue.deadFacts(), 0);
});

test('a kind that is locked out holds up no other', async () => {
  const slow: FactKind<null> = {
    name: 'slow',
    write: async (sql, some) => (await sql`select pg_sleep(60)`, some.length),
  };
  const refused: FactKind<null> = {
    name: 'refused',
    write: (sql) => sql`select 1/0`.then(() => 0),
  };
  const queue = await stage.open({ kinds: [slow, refused, counted] });
  const keyed = Array.from({ length: 40 }, (_, n) => ({ key: String(n), body: null }));
  await Promise.all(keyed.flatMap((fact) => [queue.enqueue(slow, fact), queue.enqueue(refused, fact)]));
  await Promise.all(facts('fair', 200).map((fact) => queue.enqueue(counted, fact)));
  await counts('fair', 200);
  assert.equal(queue.status().find(({ kind }) => kind === 'slow')?.depth, 40);
  await stage.sql`delete from dead_facts`;
});

test('while PostgreSQL is frozen facts are taken, and they arrive when it is back', async () => {
  const queue = await stage.open();
  const frozen = freeze(await postgresPids(stage.servers.directUrl));
  try {
    await Promise.all(facts('away', 500).map((fact) => queue.enqueue(counted, fact)));
    await eventually('they wait', () => (queue.status()[0]?.oldestMs ?? 0) > 500);
    assert.equal(queue.status()[0]?.depth, 500);
  } finally {
    frozen.thaw();
  }
  await counts('away', 500, 20_000);
});

test('past the bound facts are refused and counted; segments go when they are written', async () => {
  const root = await stage.folder();
  const queue = await stage.open({ root, maxBytes: 4_000, segmentBytes: 1_000 });
  const outcomes = await Promise.allSettled(
    facts('bounded', 100).map((fact) => queue.enqueue(counted, fact)),
  );
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  assert.ok(refused.length > 20 && refused.length < 80, `${refused.length} of 100 refused`);
  assert.ok(refused.every(({ reason }) => reason instanceof QueueError && reason.code === 'full'));
  assert.equal(queue.status()[0]?.shed, refused.length);
  await counts('bounded', 100 - refused.length);
  for (const fact of facts('bounded', 30)) {
    await queue.enqueue(counted, fact);
    await eventually('it is written', () => queue.status()[0]?.depth === 0);
  }
  assert.ok((queue.status()[0]?.bytes ?? 0) <= 2_000);
  const [own = ''] = (await readdir(root)).filter((name) => name.endsWith('~0'));
  assert.ok((await readdir(`${root}/${own}/counted`)).length <= 3);
});

test('stop writes what waits and leaves nothing; what it cannot write a successor does', async () => {
  const root = await stage.folder();
  const first = await stage.open({ root, limits: { lingerMs: 60_000, max: 1_000 } });
  await Promise.all(facts('drained', 70).map((fact) => first.enqueue(counted, fact)));
  await first.stop(5_000);
  assert.equal(await countOf(stage.sql, 'drained'), 70);
  assert.deepEqual(await readdir(root), []);
  await assert.rejects(
    first.enqueue(counted, { key: 'late', body: { name: 'drained' } }),
    (error: QueueError) => error.code === 'closed',
  );

  const stuck = countedAs('stuck');
  const hangs: typeof stuck = { name: 'stuck', write: async () => new Promise(() => {}) };
  const second = await stage.open({ root, kinds: [hangs] });
  await Promise.all(facts('inherited', 30).map((fact) => second.enqueue(hangs, fact)));
  await second.stop(100);
  const third = await stage.open({ root, kinds: [stuck] });
  await counts('inherited', 30);
  await third.stop(5_000);
  assert.deepEqual(await readdir(root), []);
});

test('on a full disk facts are refused, none that was taken is lost, and room brings it back', async (t) => {
  const root = await stage.folder();
  const reason = mountSmallDisk(root);
  if (reason !== undefined) return t.skip(reason);
  try {
    const queue = await stage.open({ root, limits: { lingerMs: 60_000, max: 100_000 } });
    let taken = 0;
    const offer = async (key: number) =>
      queue.enqueue(counted, { key: `disk-${key}`, body: { name: 'disk' } }).then(() => taken++);
    // As many at once as share a write.
    const block = Array.from({ length: 32 }, (_, index) => index);
    for (let key = 0; key < 1_000; key += 32) await Promise.all(block.map((index) => offer(key + index)));
    await fill(`${root}/filler`);
    const refused: QueueError[] = [];
    const tryOne = (key: number) => offer(key).catch((error: unknown) => refused.push(error as QueueError));
    for (let key = 2_000; key < 7_000 && refused.length < 200; key += 32)
      await Promise.all(block.map((index) => tryOne(key + index)));
    assert.ok(refused.length >= 200);
    assert.ok(refused.every(({ code }) => code === 'disk'));
    assert.match(refused[0]?.message ?? '', /ENOSPC/);
    assert.equal(queue.status()[0]?.shed, refused.length);

    // Also a process that starts now comes up, and takes facts as soon as there is room.
    const late = await stage.open({ root });
    await rm(`${root}/filler`, { recursive: true });
    await offer(9_000);
    await late.enqueue(counted, { key: 'disk-9001', body: { name: 'disk' } }).then(() => taken++);
    await Promise.all([queue.stop(5_000), late.stop(5_000)]);
    await eventually(
      'all that was taken is written',
      async () => (await countOf(stage.sql, 'disk')) === taken,
    );
  } finally {
    spawnSync('umount', [root]);
  }
});

test('the bot makes the months ahead and drops those past, six processes at once, and may not do so by itself', async () => {
  assert.deepEqual(await monthsKept(), [-1, 0, 1, 2]);
  const year = { table: 'command_usage', aheadMonths: 4, keptMonths: 1 };
  await stage.sql`create table command_usage_2020_01 partition of command_usage
    for values from ('2020-01-01 00:00Z') to ('2020-02-01 00:00Z')`;
  await Promise.all(Array.from({ length: 6 }, () => roll(year)));
  assert.deepEqual(await monthsKept(), [-1, 0, 1, 2, 3, 4]);
  await assert.rejects(
    stage.db.query('by itself', (sql) => sql`drop table command_usage`),
    (error: DbError) => error.sqlState === '42501',
  );
});

test('it touches no table that is not partitioned, and drops no running month', async () => {
  const months = { aheadMonths: 0, keptMonths: 1 };
  const raised = { sqlState: 'P0001' };
  await assert.rejects(roll({ table: 'guild_settings', ...months }), raised);
  const none = { table: 'command_usage', ...months, keptMonths: 0 };
  await assert.rejects(roll(none), raised);
});

/** As the bot's own role. */
function roll(months: Months): Promise<void> {
  return stage.db.query('roll', (sql) => rollPartitions(sql, months));
}

/** `-1` is last month. */
async function monthsKept(): Promise<readonly number[]> {
  const rows = await stage.sql<{ step: number }[]>`
    select (extract(year from age) * 12 + extract(month from age))::int as step from (
      select age(to_date(right(relname, 7), 'YYYY_MM'), date_trunc('month', now() at time zone 'UTC')) as age
      from pg_inherits join pg_class on oid = inhrelid where inhparent = 'command_usage'::regclass) as ages
    order by step`;
  return rows.map(({ step }) => step);
}

/** Takes all inodes and all bytes. */
async function fill(folder: string): Promise<void> {
  await mkdir(folder);
  await writeFile(`${folder}/large`, Buffer.alloc(256 * 1024)).catch(() => {});
  await Promise.allSettled(Array.from({ length: 100 }, (_, n) => writeFile(`${folder}/${n}`, '')));
}

/** A disk of 256 KiB and 100 files, or why there is none. */
function mountSmallDisk(folder: string): string | undefined {
  const { status, stderr, error } = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    'size=256k,nr_inodes=100',
    'none',
    folder,
  ]);
  return status === 0
    ? undefined
    : `a small tmpfs cannot be mounted here: ${error?.message ?? String(stderr)}`;
}
