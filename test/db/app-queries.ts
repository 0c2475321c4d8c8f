import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Db, Sql } from '../../src/db/db.ts';
import { pendingMigrations } from '../../src/db/migrate.ts';
import { bury, countDeadFacts, replayDeadFacts } from '../../src/queue/dead-facts.ts';
import { endLeases, jobHolders } from '../../src/queue/job-holders.ts';
import { buryJob, completeJob, leaseDue, renewLeases } from '../../src/queue/job-leases.ts';
import { countJobs, deadJobs, replayDead } from '../../src/queue/job-records.ts';
import { enqueue, schedule, type JobKind } from '../../src/queue/jobs.ts';
import { readGuildFigures } from '../../src/features/activity/guild-figures.ts';
import { messageCounts, type CountedMessages } from '../../src/features/activity/message-counts.ts';
import { rollActivityMonths, rollMessageDays } from '../../src/features/activity/roll-days.ts';
import { saveZone, speechInZone } from '../../src/features/member-zone.ts';
import * as reminders from '../../src/features/remind/store.ts';
import { features, personalTablesOf } from '../../src/features/features.ts';
import { createPrivacy } from '../../src/privacy/privacy.ts';
import { compareAndSet, readRow, readRows } from '../../src/settings/store.ts';
import { defaultSettings } from '../../src/settings/guild-settings.ts';
import { root } from '../helpers/processes.ts';
import { runCommunityQueries } from './community-queries.ts';

/** Runs every query of the product as the product does, for a guild of its own. A new query is added here; `namesInSource` sees to it. */
export async function runAppQueries(db: Db, guildId: string): Promise<void> {
  await db.ping(1_000);
  await pendingMigrations(db, path.join(root, 'migrations'));
  const current = (await readRow(db, guildId)) ?? defaultSettings(guildId);
  await compareAndSet(db, { ...current, accentColor: (current.version * 7) % 0xffffff }, '1');
  const privacy = createPrivacy(db, personalTablesOf(features));
  await privacy.read('1');
  await privacy.erase('1');
  await readRows(db, [guildId, '2']);
  await runQueueQueries(db, guildId);
  await runJobQueries(db);
  await runActivityQueries(db, guildId);
  await runReminderQueries(db);
  await runCommunityQueries(db, guildId);
  // Where a replica is named it is looked at before the read: replica.written, replica.replayed.
  await db.read('look', (sql) => sql`select 1`);
}

/** A fact that is refused, and refused again, and one that is written at its second try. */
async function runQueueQueries(db: Db, guildId: string): Promise<void> {
  const name = `kind_${guildId}`;
  const fact = { key: 'one', atMs: 1, body: {} };
  await bury(db, name, fact, new Error('no'));
  assert.ok((await countDeadFacts(db)) > 0);
  const before = { kind: name, key: '' };
  await replayDeadFacts(db, [{ name, write: refused }], before);
  await replayDeadFacts(db, [{ name, write: () => Promise.resolve(1) }], before);
}

/** A job that is done, and one that fails, dies, and is replayed. */
async function runJobQueries(db: Db): Promise<void> {
  const kind: JobKind<object> = {
    name: `kind.${randomUUID()}`,
    schema: z.object({}),
    concurrency: 1,
    timeLimitMs: 1_000,
    retries: 0,
    retryFirstMs: 1,
    retryMaxMs: 1,
  };
  const slots = [{ kind: kind.name, free: 2 }];
  await db.transaction('jobs.enqueue', (tx) => enqueue(tx, kind, {}));
  await db.query('jobs.schedule', (sql) => schedule(sql, kind, {}, 86_400_000));
  const [first, second] = await db.query('jobs.lease', (sql) => leaseDue(sql, slots, 60_000, 'me'));
  assert.ok(first && second);
  await db.query('jobs.holders', (sql) => jobHolders(sql, [kind.name], 60_000));
  await db.query('jobs.end-leases', (sql) => endLeases(sql, [kind.name], 60_000, ['you']));
  await db.query('jobs.renew', (sql) => renewLeases(sql, [first, second], 60_000));
  await db.transaction('jobs.commit', (tx) => completeJob(tx, first));
  await db.query('jobs.settle', (sql) => buryJob(sql, second, 'no'));
  await db.query('jobs.count', countJobs);
  await db.query('jobs.dead', (sql) => deadJobs(sql, 10));
  await db.query('jobs.replay', (sql) => replayDead(sql, { kind: kind.name }));
}

/** A message that is counted, and known the second time. */
async function runActivityQueries(db: Db, guildId: string): Promise<void> {
  await rollMessageDays(db);
  await rollActivityMonths(db);
  const key = String((BigInt(Date.now() - 1_420_070_400_000) << 22n) + BigInt(randomInt(2 ** 22)));
  const count = (body: CountedMessages) =>
    db.query('activity.count', (sql) => messageCounts.write(sql, [{ key, body }]));
  assert.deepEqual([await count({ messages: { [guildId]: [key] } }), await count({ guildId })], [1, 0]);
  const own = { key: String(BigInt(key) + 1n), body: { guildId } };
  assert.equal(await db.query('activity.count', (sql) => messageCounts.write(sql, [own])), 1);
  const { messages } = await readGuildFigures(db, guildId, '2026-01-01');
  assert.ok(messages.length > 0);
}

/** A reminder that is sent, put off, and cancelled, and the time zone of its member. */
async function runReminderQueries(db: Db): Promise<void> {
  const member = { id: String(10n ** 17n + BigInt(randomInt(2 ** 40))), name: 'Ada' };
  const speech = { language: 'en', locale: 'en-US', timeZone: 'UTC' } as const;
  await saveZone({ db, user: member }, 'Asia/Seoul');
  assert.equal((await speechInZone({ db, user: member, speech })).timeZone, 'Asia/Seoul');
  await saveZone({ db, user: member }, undefined);
  const id = await reminders.addReminder(db, {
    userId: member.id,
    guildId: '1',
    channelId: '2',
    about: 'tea',
    locale: speech.locale,
    timeZone: speech.timeZone,
    repeat: 'daily',
    dueAt: new Date(),
  });
  assert.ok(id);
  await reminders.claimReminder(db, id, '0');
  await db.transaction('jobs.commit', (tx) => reminders.endReminder(tx, id, 'refused'));
  const again = { userId: member.id, reminderId: id, key: randomUUID(), dueAt: new Date() };
  assert.equal(await reminders.addAgain(db, again), true);
  await assert.rejects(reminders.addAgain(db, again), reminders.AddedAlready);
  for (const found of await reminders.readReminders(db, member.id))
    assert.equal(await reminders.cancelReminder(db, member.id, found.id), 'cancelled');
  await reminders.pruneReminders(db);
}

async function refused(sql: Sql): Promise<number> {
  await sql`select 1 / 0`;
  return 0;
}

/** The names that src gives to its queries. */
export async function namesInSource(): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for await (const file of glob('src/**/*.ts', { cwd: root })) {
    const text = await readFile(path.join(root, file), 'utf8');
    for (const [, name = ''] of text.matchAll(/\.(?:query|read|transaction|run)\(\s*'([a-z][\w. -]*)',/g))
      names.add(name);
  }
  return names;
}
