import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { connectDb } from '../../src/db/db.ts';
import { Child } from '../../src/demo/child.ts';
import type { InteractionSight } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { say } from './figures.ts';
import { killShard } from './kill-shard.ts';
import { Stage } from './stage.ts';

const members = 40;
const patienceMs = 120_000;

test('both shards are killed while a poll, a giveaway and a reminder run: nothing is lost, nothing happens twice', async () => {
  await using stage = await Stage.open({ shards: 2 });
  await using jobs = new AsyncDisposableStack();
  const start = async () => startJobs(stage, jobs);
  const [first] = [await start(), await start()];
  await using db = await openDb(stage);
  const poll = await show(stage, 0, 'poll create', {
    question: 'Lunch?',
    options: 'Pizza | Pasta',
    closes: '1h',
  });
  const raffle = await show(stage, 1, 'giveaway start', { prize: 'A boat', ends: '1h', winners: 3 });
  const note = await show(stage, 0, 'remind create', { when: 'in 1 hour', about: 'the catch.' });
  const voters = await joined(stage, 0);
  const entrants = await joined(stage, 1);

  // Each changes their mind once, and presses again for as long as Discord says that there was no answer.
  const acts = Promise.all([
    ...voters.map(async (userId, n) => {
      await press(stage, poll, n % 2 === 0 ? 'Pizza' : 'Pasta', userId);
      await press(stage, poll, n % 4 === 0 ? 'Pasta' : 'Pizza', userId);
    }),
    ...entrants.map(async (userId, n) => {
      await press(stage, raffle, 'Enter', userId);
      if (n % 4 === 0) await press(stage, raffle, 'Leave', userId);
    }),
  ]);
  await Promise.all([killShard(stage, 0), killShard(stage, 1)]);
  const pressed = await acts;
  await db.forward(poll, raffle);
  process.kill(first.pid ?? 0, 'SIGKILL');
  await start();
  await Promise.all([killShard(stage, 0), killShard(stage, 1)]);

  const result = await ended(stage, poll, 'This poll is closed');
  const quarter = members / 4;
  assert.match(
    result,
    new RegExp(`Pizza\\*\\*\n.* ${members - quarter} votes.*Pasta\\*\\*\n.* ${quarter} votes`, 's'),
  );
  const text = await ended(stage, raffle, 'Won by');
  const [, seed = ''] = /Seed: `([0-9a-f]{64})`/.exec(text) ?? [];
  const winners = winnersBy(
    seed,
    entrants.filter((_, n) => n % 4 !== 0),
  );
  assert.deepEqual(
    [...text.matchAll(/<@(\d+)>/g)].map(([, id]) => id),
    winners,
  );
  const told = await eventually(
    'the winners are told',
    async () => {
      const all = (await messages(stage, raffle)).filter(({ content }) =>
        content.includes('Congratulations'),
      );
      return all.length > 0 && all;
    },
    patienceMs,
  );
  assert.deepEqual(
    told.map(({ mentions }) => mentions.map(({ id }) => id).toSorted()),
    [winners.toSorted()],
  );
  await eventually('no job is left', () => db.idle(), patienceMs);
  assert.equal(
    (await messages(stage, raffle)).filter(({ content }) => content.includes('Congratulations')).length,
    1,
  );
  const reminded = (await messages(stage, note)).filter(({ content }) => content.includes('the catch.'));
  assert.equal(reminded.length, 1);
  say('community', { members: 2 * members, 'acts done': pressed.length });
});

async function startJobs(stage: Stage, kept: AsyncDisposableStack): Promise<Child> {
  const jobs = kept.use(new Child('jobs', [], stage.world.env));
  await jobs.message('ready');
  return jobs;
}

async function openDb(stage: Stage) {
  const db = await connectDb({ url: stage.world.servers.postgresUrl, poolMax: 1, log: silentLog });
  return {
    /** All are due in half a second. */
    forward: (poll: InteractionSight, raffle: InteractionSight) =>
      db.query('forward', async (sql) => {
        const at = new Date(Date.now() + 500);
        await sql`update polls set closes_at = ${at} where id = ${poll.interactionId}`;
        await sql`update giveaways set ends_at = ${at} where id = ${raffle.interactionId}`;
        await sql`update reminders set due_at = ${at}`;
        await sql`update jobs set run_at = ${at} where kind in ('polls.settle', 'giveaways.settle', 'remind.fire')`;
      }),
    idle: async () => {
      const left = await db.query(
        'left',
        (sql) => sql`select from jobs where kind like '%.settle' or kind = 'remind.fire'`,
      );
      return left.length === 0;
    },
    [Symbol.asyncDispose]: () => db.close(),
  };
}

async function show(
  { sandbox }: Stage,
  shardId: number,
  command: string,
  options: Record<string, string | number>,
): Promise<InteractionSight> {
  const guild = (await sandbox.guilds()).find((each) => each.shardId === shardId);
  const userId = guild?.members.find(({ kind }) => kind === 'owner')?.id ?? '';
  const seen = await sandbox.runCommand({ guildId: guild?.id ?? '', userId, command, options });
  assert.equal(seen.state, 'answered');
  return seen;
}

async function joined({ sandbox }: Stage, shardId: number): Promise<readonly string[]> {
  const guild = (await sandbox.guilds()).find((each) => each.shardId === shardId);
  const came = Array.from({ length: members }, () => sandbox.people.joinGuild({ guild_id: guild?.id ?? '' }));
  return (await Promise.all(came)).map(({ id }) => id);
}

async function press(
  { sandbox }: Stage,
  { channelId, message }: InteractionSight,
  label: string,
  userId: string,
): Promise<void> {
  assert.ok(message);
  const button = {
    channelId,
    messageId: message.id,
    userId,
    customId: customIdOf(message.components ?? [], label),
  };
  await eventually(
    `${label} is answered`,
    async () => {
      const seen = await sandbox.useComponent(button);
      // Not by an apology.
      return seen.state === 'answered' && (seen.message?.id === message.id || seen.content !== '');
    },
    patienceMs,
  );
}

function customIdOf(rows: readonly APIMessageTopLevelComponent[], label: string): string {
  for (const row of rows)
    for (const part of 'components' in row ? row.components : [])
      if ('label' in part && part.label === label && 'custom_id' in part) return part.custom_id;
  throw new Error(`no button is called ${label}`);
}

async function messages({ sandbox, world }: Stage, { channelId, guildId }: InteractionSight) {
  const guild = (await world.sandbox.guilds()).find(({ id }) => id === guildId);
  return sandbox.messages(channelId, guild?.members.find(({ kind }) => kind === 'owner')?.id ?? '', {
    limit: 100,
  });
}

async function ended(stage: Stage, seen: InteractionSight, word: string): Promise<string> {
  return eventually(
    word,
    async () => {
      const shown = (await messages(stage, seen)).find(({ id }) => id === seen.message?.id);
      const text = shown?.embeds[0]?.description ?? '';
      return text.includes(word) && text;
    },
    patienceMs,
  );
}

/** By the published rule. */
function winnersBy(seed: string, ids: readonly string[]): readonly string[] {
  const score = (id: string) => createHash('sha256').update(`${seed}:${id}`).digest('hex');
  return ids.toSorted((a, b) => (score(a) < score(b) ? -1 : 1)).slice(0, 3);
}
