import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addReminder } from '../../src/features/remind/store.ts';
import { featureStage } from '../features/stage.ts';
import { eventually } from '../helpers/eventually.ts';
import { say } from './figures.ts';

const reminders = 50;
const perChannel = 5;

/** Over this long they become due, while both processes are killed and started again, three times. */
const spreadMs = 15_000;

test('50 reminders, and the shard and the jobs process killed while they become due: each is one message', async () => {
  await using stage = await featureStage();
  const { sandbox } = stage.world;
  const userId = stage.member('member');
  const channels = await Promise.all(
    Array.from({ length: reminders / perChannel }, (_, n) =>
      sandbox.people.createChannel({ guild_id: stage.guild.id, name: `timers-${n}` }),
    ),
  );
  const startMs = Date.now() + 3_000;
  const dueMs = (n: number) => startMs + (n * spreadMs) / reminders;
  for (let n = 0; n < reminders; n++)
    await addReminder(stage.db, {
      // The limit is for each member.
      userId: n % 2 === 0 ? userId : stage.member('owner'),
      guildId: stage.guild.id,
      channelId: channels[n % channels.length]?.id,
      about: `timer ${n}.`,
      locale: 'en-US',
      timeZone: 'UTC',
      repeat: undefined,
      dueAt: new Date(dueMs(n)),
    });
  // So that kills hit messages on their way: Discord posts what it has been sent, and the next attempt sends it again.
  await sandbox.switchOn({ kind: 'rest-latency', route: 'POST /channels/:channel/messages', ms: 400 });
  const sent = async () => {
    const all = await Promise.all(channels.map(({ id }) => sandbox.messages(id, userId, { limit: 100 })));
    return all.flat();
  };
  const told = stage.run('remind create', { when: 'in 20 seconds', about: 'made meanwhile.' });
  for (const part of ['shard', 'jobs'] as const) {
    await eventually('some more are sent', async () => (await sent()).length >= (part === 'shard' ? 5 : 20));
    await Promise.all([stage.restart('jobs'), ...(part === 'shard' ? [stage.restart(part)] : [])]);
  }
  const made = await told;
  assert.equal(made.state, 'answered');
  await eventually(
    'all are done',
    async () => {
      const open = await stage.db.query('open', (sql) => sql`select from reminders where state <> 'fired'`);
      return open.length === 0;
    },
    90_000,
  );
  const messages = await sent();
  const late = Array.from({ length: reminders }, (_, n) => {
    const of = messages.filter(({ content }) => content.includes(`timer ${n}.`));
    assert.equal(of.length, 1, `messages of timer ${n}`);
    return Date.parse(of[0]?.timestamp ?? '') - dueMs(n);
  });
  assert.ok(Math.min(...late) > -100, 'one fired before its time');
  say('timers', {
    'within 2 s': late.filter((ms) => ms <= 2_000).length,
    of: reminders,
    latest: `${Math.round(Math.max(...late))} ms`,
  });
});
