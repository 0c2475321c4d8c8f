import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { InteractionSight, RunCommand } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { featureStage, readable, type FeatureStage } from './stage.ts';

let stage: FeatureStage;
before(async () => {
  stage = await featureStage();
});
after(() => stage?.[Symbol.asyncDispose]());

function start(options: NonNullable<RunCommand['options']>) {
  return stage.run('giveaway start', { prize: 'A boat', ends: '1h', ...options }, { as: 'owner' });
}

async function newcomers(count: number): Promise<readonly string[]> {
  const { people } = stage.world.sandbox;
  const came = Array.from({ length: count }, () => people.joinGuild({ guild_id: stage.guild.id }));
  return (await Promise.all(came)).map(({ id }) => id);
}

async function messages(channelId: string) {
  return stage.world.sandbox.messages(channelId, stage.member('owner'));
}

async function shown({ channelId, message }: InteractionSight) {
  const found = (await messages(channelId)).find(({ id }) => id === message?.id);
  assert.ok(found);
  return found;
}

async function description(giveaway: InteractionSight): Promise<string> {
  return (await shown(giveaway)).embeds[0]?.description ?? '';
}

/** The messages that name the winners, oldest first. */
async function announcements({ channelId, message }: InteractionSight) {
  const all = await messages(channelId);
  return all.filter(({ content }) => content.includes(message?.id ?? '')).toReversed();
}

async function over(giveaway: InteractionSight): Promise<string> {
  return eventually('it is over', async () => {
    const text = await description(giveaway);
    return !text.includes('Fair draw') && text;
  });
}

/** Brings the end forward; `job`: and the timer with it. Returns when that is. */
async function endsIn(
  { interactionId: id }: InteractionSight,
  ms: number,
  { job }: { readonly job: boolean } = { job: true },
): Promise<number> {
  // At the earliest: PostgreSQL counts from when it gets to it.
  const endsAt = Date.now() + ms;
  await stage.db.query('forward', async (sql) => {
    await sql`update giveaways set ends_at = now() + ${ms} * interval '1 millisecond' where id = ${id}`;
    if (job)
      await sql`
      update jobs set run_at = now() + ${ms} * interval '1 millisecond' where payload ->> 'giveawayId' = ${id}`;
  });
  return endsAt;
}

/** Asks, and says yes. */
async function end({ interactionId }: InteractionSight): Promise<InteractionSight> {
  const asked = await stage.run('giveaway end', { giveaway: interactionId }, { as: 'owner' });
  return stage.press(asked, 'End it', { as: 'owner' });
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** As a reader of the message would: by the published seed, the published rule, and the ids. */
function winnersBy(seed: string, ids: readonly string[], count: number): readonly string[] {
  return ids
    .map((id) => [sha256(`${seed}:${id}`), id] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, count)
    .map(([, id]) => id);
}

function seeds(text: string): readonly string[] {
  return [...text.matchAll(/Seed: `([0-9a-f]{64})`/g)].map(([, seed = '']) => seed);
}

function mentioned(text: string): readonly string[] {
  return [...text.matchAll(/<@(\d+)>/g)].map(([, id = '']) => id);
}

describe('/giveaway', () => {
  test('looks like this', async (t) => {
    const open = await start({ winners: 2 });
    await stage.speaks('ko');
    const korean = await start({ prize: '*배*' });
    await stage.speaks('en-US');
    await stage.press(open, 'Enter');
    const ending = await end(open);
    assert.match(ending.content, /ends now/);
    await over(open);
    const ended = await shown(open);
    const asked = await stage.run(
      'giveaway cancel',
      { giveaway: korean.interactionId },
      { as: 'owner', locale: 'ko' },
    );
    const views = [open, korean, { ...open, ...ended, components: ended.components ?? [] }, asked];
    t.assert.snapshot(views.map(readable));
  });

  test('members enter and leave, and the draw by itself is the one that was promised', async () => {
    const giveaway = await start({ winners: 3, prize: 'A *big* boat' });
    const [, promised = ''] = /`([0-9a-f]{64})`/.exec(await description(giveaway)) ?? [];
    const entrants = await newcomers(12);
    await Promise.all(entrants.map((userId) => stage.press(giveaway, 'Enter', { userId })));
    await eventually('all are counted', async () =>
      (await shown(giveaway)).embeds[0]?.footer?.text.startsWith('12 members'),
    );
    const [leaver = '', ...stayed] = entrants;
    await stage.press(giveaway, 'Leave', { userId: leaver });
    assert.match((await shown(giveaway)).embeds[0]?.footer?.text ?? '', /^11 members/);
    assert.match((await stage.press(giveaway, 'Leave', { userId: leaver })).content, /not entered/);
    const [again = ''] = stayed;
    assert.match((await stage.press(giveaway, 'Enter', { userId: again })).content, /already/);

    const endsAt = await endsIn(giveaway, 300);
    const text = await over(giveaway);
    assert.ok(Date.now() >= endsAt, 'not before its time');
    const [seed = ''] = seeds(text);
    assert.equal(sha256(seed), promised);
    const winners = winnersBy(seed, stayed, 3);
    assert.deepEqual(mentioned(text), winners);
    const [announced] = await eventually('the winners are told', async () => {
      const all = await announcements(giveaway);
      return all.length > 0 && all;
    });
    assert.deepEqual(announced?.mentions.map(({ id }) => id).toSorted(), winners.toSorted());

    await assert.rejects(stage.press(giveaway, 'Enter'), /there is no component/);
  });

  test('an entry that comes late is told so, and its message shows the draw', async () => {
    const giveaway = await start({});
    await stage.press(giveaway, 'Enter');
    await endsIn(giveaway, -1, { job: false });
    const told = await stage.press(giveaway, 'Enter', { as: 'owner', locale: 'fr' });
    const word = await eventually(
      'there is a word about it',
      async () => (await stage.world.sandbox.interaction(told.interactionId)).followUps[0],
    );
    assert.match(word.content, /Ce tirage au sort est terminé/);
    assert.equal(word.ephemeral, true);
    assert.deepEqual(mentioned(await description(giveaway)), [stage.member('member')]);
  });

  test('an entry whose answer arrives after the end does not open the message again', async () => {
    const giveaway = await start({});
    const route = 'POST /interactions/:id/:token/callback';
    await stage.world.sandbox.switchOn({ kind: 'rest-latency', route, ms: 1_000, count: 1 });
    const pressed = stage.press(giveaway, 'Enter');
    await eventually('it is counted', async () => {
      const id = giveaway.interactionId;
      const entries = await stage.db.query(
        'entries',
        (sql) => sql`select from giveaway_entries where giveaway_id = ${id}`,
      );
      return entries.length === 1;
    });
    await endsIn(giveaway, -1);
    await over(giveaway);
    assert.equal((await pressed).state, 'answered');
    assert.deepEqual(mentioned(await over(giveaway)), [stage.member('member')]);
  });

  test('a new draw has its own promise, leaves out who won, and anybody can check all of it', async () => {
    const giveaway = await start({ winners: 2 });
    const entrants = await newcomers(4);
    for (const userId of entrants) await stage.press(giveaway, 'Enter', { userId });
    await end(giveaway);
    const first = await over(giveaway);
    const [, promised = ''] = /that seed is `([0-9a-f]{64})`/.exec(first) ?? [];
    const firstWinners = mentioned(first);
    assert.equal(firstWinners.length, 2);
    const [offer] = await stage.type('giveaway reroll', { giveaway: 'boat' }, 'giveaway', { as: 'owner' });
    assert.ok(offer);
    const ask = (options = {}) =>
      stage.run('giveaway reroll', { giveaway: giveaway.interactionId, ...options }, { as: 'owner' });
    const draw = (asked: InteractionSight) => stage.press(asked, 'Draw again', { as: 'owner' });
    const [answer] = await Promise.all(
      Array.from(
        { length: 2 },
        (
          (asked) => async () =>
            draw(await asked)
        )(ask()),
      ),
    );
    const second = await eventually('it is shown', async () => {
      const text = await description(giveaway);
      return seeds(text).length === 2 && text;
    });
    const [, seed = ''] = seeds(second);
    assert.equal(sha256(seed), promised);
    const left = entrants.filter((id) => !firstWinners.includes(id));
    const winners = winnersBy(seed, left, 1);
    assert.deepEqual(mentioned(second), [...firstWinners, ...winners]);
    assert.deepEqual(mentioned(answer?.content ?? ''), winners);
    await eventually('each draw is announced once', async () => (await announcements(giveaway)).length === 2);

    const ended = await shown(giveaway);
    const seen = await stage.press(
      { ...giveaway, message: ended, components: ended.components ?? [] },
      'Check the draw',
    );
    const url = seen.message?.attachments[0]?.url ?? '';
    const file = await (await fetch(url)).text();
    for (const id of entrants) assert.ok(file.includes(`${sha256(`${seeds(first)[0]}:${id}`)} ${id}`));
    for (const id of left) assert.ok(file.includes(`${sha256(`${seed}:${id}`)} ${id}`));

    await draw(await ask({ winners: 5 }));
    await eventually('it is said', async () => (await description(giveaway)).includes('Fewer were left'));
    const refused = await draw(await ask());
    assert.match(refused.embeds[0]?.description ?? '', /nobody left/);
    await eventually('the last one, too', async () => (await announcements(giveaway)).length === 3);
  });

  test('nobody entered; or fewer than could win', async () => {
    const [none, few] = [await start({}), await start({ winners: 5 })];
    await stage.press(few, 'Enter');
    for (const giveaway of [none, few]) await end(giveaway);
    assert.match(await over(none), /Nobody entered/);
    assert.match(await over(few), /Fewer entered/);
    assert.deepEqual(mentioned(await description(few)), [stage.member('member')]);
  });

  test('only members with the role enter; a role that was deleted is said to be', async () => {
    const { people } = stage.world.sandbox;
    const guild_id = stage.guild.id;
    const { id: role } = await people.editRole({ guild_id, name: 'Sailors' });
    const giveaway = await start({ role });
    assert.match(await description(giveaway), new RegExp(`<@&${role}>`));
    const [userId = ''] = await newcomers(1);
    const refused = await stage.press(giveaway, 'Enter', { userId });
    assert.match(refused.embeds[0]?.description ?? '', new RegExp(`<@&${role}>`));
    await people.editMember({ guild_id, user_id: userId, roles: [role] });
    await stage.press(giveaway, 'Enter', { userId });
    assert.match((await shown(giveaway)).embeds[0]?.footer?.text ?? '', /^1 member/);
    await people.deleteRole({ guild_id, role_id: role });
    const gone = await stage.press(giveaway, 'Enter', { as: 'owner' });
    assert.match(gone.embeds[0]?.description ?? '', /was deleted/);
  });

  test('is cancelled after a question; late presses and other choices get a word', async () => {
    const giveaway = await start({ prize: 'A raft' });
    const ask = () => stage.run('giveaway cancel', { giveaway: giveaway.interactionId }, { as: 'owner' });
    const kept = await stage.press(await ask(), 'Leave it', { as: 'owner' });
    assert.deepEqual([kept.content, kept.components], ['The giveaway stays as it is.', []]);
    const [first, second] = [await ask(), await ask()];
    assert.match((await stage.press(first, 'Cancel', { as: 'owner' })).content, /is cancelled/);
    assert.match((await stage.press(second, 'Cancel', { as: 'owner' })).content, /over already/);
    assert.match(await over(giveaway), /was cancelled/);
    assert.deepEqual((await shown(giveaway)).components, []);
    assert.match((await ask()).embeds[0]?.description ?? '', /cannot find/);
  });

  test('what makes no sense is said', async () => {
    for (const [options, said] of [
      [{ prize: '  ' }, /what can be won/],
      [{ ends: 'tomorrow-ish' }, /not a time/],
      [{ ends: '2001-01-01 10:00' }, /in the past/],
      [{ ends: '999d' }, /too far/],
    ] as const) {
      const seen = await start(options);
      assert.equal(seen.ephemeral, true);
      assert.match(seen.embeds[0]?.description ?? '', said);
    }
    const forced = { as: 'owner', force: true } as const;
    const nobody = await stage.run('giveaway start', { prize: 'x', ends: '1h', winners: 0 }, forced);
    assert.match(nobody.embeds[0]?.title ?? '', /does not fit/);
    for (const command of ['giveaway end', 'giveaway reroll', 'giveaway cancel']) {
      const seen = await stage.run(command, { giveaway: 'nonsense' }, { as: 'owner' });
      assert.match(seen.embeds[0]?.description ?? '', /cannot find/);
    }
  });

  test('where the bot may not write, the edit names the winners and the host is told which permission is missing', async () => {
    const { sandbox } = stage.world;
    const bot = (await start({})).message?.author.id ?? '';
    const overwrites = [{ id: bot, type: 1, allow: '0', deny: String(PermissionFlagsBits.SendMessages) }];
    const { id: channelId } = await sandbox.people.createChannel({
      guild_id: stage.guild.id,
      name: 'quiet',
      overwrites,
    });
    const giveaway = await stage.run(
      'giveaway start',
      { prize: 'Silence', ends: '1h' },
      { as: 'owner', channelId },
    );
    await stage.press(giveaway, 'Enter');
    // One attempt of the job fails by it; the next one tells, though all else is done by then.
    const route = 'POST /users/@me/channels';
    const { fault } = await sandbox.switchOn({ kind: 'rest-reset', route, count: 1 });
    await endsIn(giveaway, -1);
    assert.deepEqual(mentioned(await over(giveaway)), [stage.member('member')]);
    await eventually('the fault struck', async () =>
      (await sandbox.faults()).every(({ id }) => id !== fault.id),
    );
    const owner = stage.member('owner');
    const { channelId: direct } = await sandbox.people.sendDirectMessage({ user_id: owner, content: 'Hi' });
    await eventually('the host is told', async () =>
      (await sandbox.messages(direct, owner)).some(
        ({ content }) => content.includes('**Send Messages** in') && content.includes(`<#${channelId}>`),
      ),
    );
    const denied = String(PermissionFlagsBits.SendMessagesInThreads);
    const { id: parent } = await sandbox.people.createChannel({
      guild_id: stage.guild.id,
      name: 'quiet-threads',
      overwrites: [{ id: bot, type: 1, allow: '0', deny: denied }],
    });
    const thread = await sandbox.people.createThread({
      guild_id: stage.guild.id,
      channel_id: parent,
      name: 'A thread',
    });
    const options = { prize: 'Threads', ends: '1h' };
    const inside = await stage.run('giveaway start', options, { as: 'owner', channelId: thread.id });
    await stage.press(inside, 'Enter');
    await endsIn(inside, -1);
    await eventually('the host is told of the thread', async () =>
      (await sandbox.messages(direct, owner)).some(({ content }) =>
        content.includes(`**Send Messages in Threads** in <#${thread.id}>`),
      ),
    );
  });
});
