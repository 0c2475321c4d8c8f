import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JOB_LEASE_MS } from '../../config/jobs.ts';
import { fireKind } from '../../src/features/remind/fire-kind.ts';
import { addReminder } from '../../src/features/remind/store.ts';
import { featureStage, type FeatureStage } from '../features/stage.ts';
import { eventually } from '../helpers/eventually.ts';
import { say } from './figures.ts';

const reminders = 50;
const perChannel = 5;

/** Over this long they become due, while both processes are killed and started again, each time that so many more are sent. */
const spreadMs = 15_000;
const killAfter = [5, 15, 25];

/** When nobody was there to send, and the reminders that the killed process had begun. */
interface Kill {
  readonly fromMs: number;
  readonly toMs: number;
  readonly held: ReadonlySet<string>;
}

test('50 reminders, and the shard and the jobs process killed while they become due: each is one message, in time', async () => {
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
  const ids: (string | undefined)[] = [];
  for (let n = 0; n < reminders; n++) {
    const id = await addReminder(stage.db, {
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
    ids.push(id);
  }
  // So that kills hit messages on their way: Discord posts what it has been sent, and the next attempt sends it again.
  await sandbox.switchOn({ kind: 'rest-latency', route: 'POST /channels/:channel/messages', ms: 400 });
  const sent = async () => {
    const all = await Promise.all(channels.map(({ id }) => sandbox.messages(id, userId, { limit: 100 })));
    return all.flat();
  };
  const kills: Kill[] = [];
  for (const count of killAfter) {
    await eventually('some more are sent', async () => (await sent()).length >= count);
    kills.push(await kill(stage));
    if (kills.length > 1) continue;
    const made = { when: 'in 5 seconds', about: 'made meanwhile.' };
    const { state } = await stage.run('remind create', made, { channelId: channels[0]?.id ?? '' });
    assert.equal(state, 'answered');
  }
  await eventually(
    'all are done',
    async () => {
      const open = await stage.db.query('open', (sql) => sql`select from reminders where state <> 'fired'`);
      return open.length === 0;
    },
    90_000,
  );
  const messages = await sent();
  const meanwhile = messages.filter(({ content }) => content.includes('made meanwhile.'));
  assert.equal(meanwhile.length, 1);
  const late = Array.from({ length: reminders }, (_, n) => {
    const of = messages.filter(({ content }) => content.includes(`timer ${n}.`));
    assert.equal(of.length, 1, `messages of timer ${n}`);
    return Date.parse(of[0]?.timestamp ?? '') - dueMs(n);
  });
  const isHit = (n: number) =>
    kills.some(
      ({ fromMs, toMs, held }) => held.has(ids[n] ?? '') || (dueMs(n) >= fromMs - 500 && dueMs(n) < toMs),
    );
  const [hit, spared] = [late.filter((_, n) => isHit(n)), late.filter((_, n) => !isHit(n))];
  say('timers', {
    'hit by a kill': hit.length,
    'the latest of them': `${Math.round(Math.max(...hit))} ms`,
    others: spared.length,
    'the latest of these': `${Math.round(Math.max(...spared))} ms`,
  });
  assert.ok(Math.min(...late) > -100, 'one fired before its time');
  // On a machine that is busy with something else both may be exceeded.
  assert.ok(Math.max(...spared) <= 2_000, 'one was late though nothing had happened to it');
  assert.ok(Math.max(...hit) <= 12_000, 'one was later than a lease and a start');
});

async function kill(stage: FeatureStage): Promise<Kill> {
  const fromMs = Date.now();
  await Promise.all([stage.restart('jobs'), stage.restart('shard')]);
  const toMs = Date.now();
  const held = await stage.db.query(
    'held',
    (sql) => sql<{ id: string }[]>`
      select payload ->> 'reminderId' as id from jobs
      where kind = ${fireKind.name} and state = 'running' and run_at < ${new Date(fromMs + JOB_LEASE_MS)}`,
  );
  return { fromMs, toMs, held: new Set(held.map(({ id }) => id)) };
}
