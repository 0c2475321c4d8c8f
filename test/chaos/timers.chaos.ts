import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JOB_LEASE_MS } from '../../config/jobs.ts';
import { Child, type Environment } from '../../src/demo/child.ts';
import { fireKind } from '../../src/features/remind/fire-kind.ts';
import { addReminder } from '../../src/features/remind/store.ts';
import { featureStage, type FeatureStage } from '../features/stage.ts';
import { eventually } from '../helpers/eventually.ts';
import { say } from './figures.ts';

/** For each fault: so many become due one after another, and it strikes when some of them are sent. */
const perFault = 10;
const apartMs = 400;
const sentBefore = 3;

test('50 reminders, and the shard and two jobs processes killed and restarted in turn while they become due: each is one message, within 2 s', async () => {
  await using stage = await featureStage();
  const { env, sandbox } = stage.world;
  let second = await startJobs(env);
  await using _ = { [Symbol.asyncDispose]: () => second[Symbol.asyncDispose]() };
  const userId = stage.member('member');
  const channels = await Promise.all(
    Array.from({ length: perFault }, (_, n) =>
      sandbox.people.createChannel({ guild_id: stage.guild.id, name: `timers-${n}` }),
    ),
  );
  // So that kills hit messages on their way: Discord posts what it has been sent, and the next attempt sends it again.
  await sandbox.switchOn({ kind: 'rest-latency', route: 'POST /channels/:channel/messages', ms: 400 });
  const sent = async () => {
    const all = await Promise.all(channels.map(({ id }) => sandbox.messages(id, userId, { limit: 100 })));
    return all.flat();
  };
  const replaceSecond = async (signal: NodeJS.Signals) => {
    process.kill(second.pid ?? 0, signal);
    await second.ended;
    second = await startJobs(env);
  };
  const killHolder = async () => {
    const pid = await eventually('one is being sent', () => sender(stage));
    await (pid === second.pid ? replaceSecond('SIGKILL') : stage.restart('jobs'));
  };
  const faults = [
    () => Promise.all([killHolder(), stage.restart('shard')]),
    () => replaceSecond('SIGTERM'),
    killHolder,
    () => Promise.all([killHolder(), stage.restart('shard')]),
    () => replaceSecond('SIGTERM'),
  ];
  const dueMs: number[] = [];
  for (const [round, fault] of faults.entries()) {
    for (const { id } of channels) {
      const dueAt = new Date(Date.now() + 1_000 + (dueMs.length % perFault) * apartMs);
      const about = `timer ${dueMs.push(dueAt.getTime())}.`;
      const where = { guildId: stage.guild.id, channelId: id, locale: 'en-US', timeZone: 'UTC' };
      await addReminder(stage.db, { userId, about, dueAt, repeat: undefined, ...where });
    }
    const enough = round * perFault + sentBefore;
    await eventually('some more are sent', async () => (await sent()).length >= enough);
    await fault();
    if (round > 0) continue;
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
  const late = dueMs.map((due, index) => {
    const of = messages.filter(({ content }) => content.includes(`timer ${index + 1}.`));
    assert.equal(of.length, 1, `messages of timer ${index + 1}`);
    return Date.parse(of[0]?.timestamp ?? '') - due;
  });
  const doneLate = await untilDone(stage);
  say('timers', {
    'the latest': `${Math.round(Math.max(...late))} ms`,
    'the latest that was done': `${Math.round(doneLate)} ms`,
  });
  assert.ok(Math.min(...late) > -100, 'one fired before its time');
  // On a machine that is busy with something else both may be exceeded.
  assert.ok(Math.max(...late) <= 2_000, 'one was late');
  // What a killed process had sent is seen in time; that its jobs were taken over is seen by their ends.
  assert.ok(doneLate < JOB_LEASE_MS / 2, 'one waited for a lease');
});

async function startJobs(env: Environment): Promise<Child> {
  const jobs = new Child('jobs', [], env);
  await jobs.message('ready');
  return jobs;
}

/** Of a jobs process that has a message on its way. */
async function sender({ db }: FeatureStage): Promise<number | undefined> {
  const [row] = await db.query(
    'sender',
    (sql) => sql<{ pid: number }[]>`
      select split_part(holder, '/', 2)::integer as pid from jobs where kind = ${fireKind.name} and state = 'running'
      order by run_at desc limit 1`,
  );
  return row?.pid;
}

/** ms from when a reminder was due to when it was done, at most. */
async function untilDone({ db }: FeatureStage): Promise<number> {
  const [row] = await db.query(
    'until done',
    (sql) => sql<{ ms: number }[]>`
      select max(extract(epoch from ended_at - due_at) * 1000)::float8 as ms from reminders`,
  );
  return row?.ms ?? Number.NaN;
}
