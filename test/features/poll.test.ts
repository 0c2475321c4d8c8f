import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { InteractionSight } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { featureStage, readable, type FeatureStage } from './stage.ts';

let stage: FeatureStage;
before(async () => {
  stage = await featureStage();
});
after(() => stage?.[Symbol.asyncDispose]());

function create(options: Record<string, string | boolean>, locale: 'en-US' | 'de' = 'en-US') {
  return stage.run('poll create', { question: 'Lunch?', options: 'Pizza | Pasta', ...options }, { locale });
}

/** Members who come to the guild now. */
async function newcomers(count: number): Promise<readonly string[]> {
  const { people } = stage.world.sandbox;
  const came = Array.from({ length: count }, () => people.joinGuild({ guild_id: stage.guild.id }));
  return (await Promise.all(came)).map(({ id }) => id);
}

/** What is offered to a member who types when a new poll ends; nothing where the answer is too late for Discord. */
async function endOffered(userId: string): Promise<string> {
  const [first] = await stage.type('poll create', { closes: 'in 3 hours' }, 'closes', { userId });
  return first?.name ?? '';
}

/** The poll's message as members see it by now. */
async function shown({ channelId, message }: InteractionSight) {
  const messages = await stage.world.sandbox.messages(channelId, stage.member('owner'));
  const found = messages.find(({ id }) => id === message?.id);
  assert.ok(found);
  return found;
}

async function description(poll: InteractionSight): Promise<string> {
  return (await shown(poll)).embeds[0]?.description ?? '';
}

/** Brings the end forward; `job`: and the timer with it. Returns when that is. */
async function endsIn(
  poll: InteractionSight,
  ms: number,
  { job }: { readonly job: boolean },
): Promise<number> {
  const { interactionId: id } = poll;
  // At the earliest: PostgreSQL counts from when it gets to it.
  const endsAt = Date.now() + ms;
  await stage.db.query('forward', async (sql) => {
    await sql`update polls set closes_at = now() + ${ms} * interval '1 millisecond' where id = ${id}`;
    if (job)
      await sql`
        update jobs set run_at = now() + ${ms} * interval '1 millisecond' where payload ->> 'pollId' = ${id}`;
  });
  return endsAt;
}

/** The next answer to an interaction arrives a second late. */
async function lateAnswer(): Promise<void> {
  const route = 'POST /interactions/:id/:token/callback';
  await stage.world.sandbox.switchOn({ kind: 'rest-latency', route, ms: 1_000, count: 1 });
}

/** Asks, and says yes. */
async function close(poll: string): Promise<InteractionSight> {
  const asked = await stage.run('poll close', { poll }, { as: 'moderator' });
  return stage.press(asked, 'Close the poll', { as: 'moderator' });
}

describe('/poll', () => {
  test('looks like this, and closes by itself', async (t) => {
    await stage.speaks('de');
    const buttons = await create({ question: 'Wohin?' });
    await stage.speaks('en-US');
    const select = await create({ anonymous: true, multiple: true, options: 'a|b|c|d|e|f' });
    await stage.press(select, 'poll.choose', { values: ['0', '2'] });
    await stage.press(buttons, 'Pasta');
    const endsAt = await endsIn(buttons, 300, { job: true });
    await eventually('it is closed', async () => (await shown(buttons)).components?.length === 0);
    assert.ok(Date.now() >= endsAt, 'not before its time');
    t.assert.snapshot(
      [buttons, select, { ...buttons, ...(await shown(buttons)) }].map((seen) =>
        readable({ ...seen, components: seen.components ?? [] }),
      ),
    );
  });

  test('a vote, another, a change and a withdrawal, counted in the message', async () => {
    const poll = await create({});
    const first = await stage.press(poll, 'Pizza');
    assert.equal(first.message?.id, poll.message?.id);
    assert.match(await description(poll), /1\. Pizza\*\*\n█{10} 100% · 1 vote\n/);
    await stage.press(poll, 'Pasta', { as: 'owner' });
    assert.match(await description(poll), /█{5}░{5} 50% · 1 vote\n.*Pasta/);
    await stage.press(poll, 'Pasta');
    assert.match(await description(poll), /Pasta\*\*\n█{10} 100% · 2 votes/);
    const who = await stage.press(poll, 'Who voted');
    assert.equal(who.ephemeral, true);
    const [owner, member] = [stage.member('owner'), stage.member('member')];
    assert.match(who.content, /Pasta/);
    assert.match(
      who.embeds[0]?.description ?? '',
      new RegExp(`Pizza\\*\\*\nnobody\n.*Pasta\\*\\*\n<@${owner}> <@${member}>`),
    );
    await stage.press(poll, 'Withdraw');
    assert.match(await description(poll), /Pasta\*\*\n█{10} 100% · 1 vote/);
    assert.equal((await shown(poll)).embeds[0]?.footer?.text, '1 member has voted.');
  });

  test('where an answer was chosen by none of those who are named, their number is said', async () => {
    const poll = await create({});
    await stage.db.query('votes', async (sql) => {
      const id = poll.interactionId;
      await sql`
        insert into poll_votes (poll_id, user_id, choices, decision)
        select ${id}, n, case when n <= 1000 then '[0]'::jsonb else '[1]'::jsonb end, n from generate_series(1, 1001) as n`;
    });
    const who = await stage.press(poll, 'Who voted');
    assert.match(who.embeds[0]?.description ?? '', / and 930 more\n.*Pasta\*\*\n1 member$/);
  });

  test('several answers, and nobody is shown who chose what', async () => {
    const poll = await create({ anonymous: true, multiple: true, options: 'Xenon|Yttrium|Zinc' });
    await stage.press(poll, 'Xenon');
    await stage.press(poll, 'Yttrium');
    await stage.press(poll, 'Zinc');
    await stage.press(poll, 'Xenon');
    assert.match(await description(poll), /Xenon\*\*\n░+ 0% · 0 votes\n.*Yttrium\*\*\n█+ 100% · 1 vote\n/);
    const own = await stage.press(poll, 'My vote');
    assert.deepEqual([own.content, own.embeds], ['Your vote counts: Yttrium, Zinc', []]);
    assert.equal((await stage.press(poll, 'My vote', { as: 'owner' })).content, 'You have not voted yet.');
  });

  test('many votes at one moment: each counts, and the message ends up with all of them', async () => {
    const poll = await create({});
    const voters = await newcomers(20);
    const seen = await Promise.all(voters.map((userId) => stage.press(poll, 'Pizza', { userId })));
    assert.ok(seen.every(({ state }) => state === 'answered'));
    assert.ok(
      seen.every(
        ({ message, content }) => message?.id === poll.message?.id || content === 'Your vote counts: Pizza',
      ),
    );
    const all = new RegExp(`Pizza\\*\\*\n█{10} 100% · ${voters.length} votes`);
    await eventually('all are shown', async () => all.test(await description(poll)));
  });

  test('an end is offered also while nobody knows the member’s time zone, and whoever goes on typing keeps theirs', async () => {
    const { before, known, unknown } = await eventually('all are offered something', async () => {
      const [stranger = '', typing = ''] = await newcomers(2);
      await stage.run('remind time_zone', { zone: 'Asia/Kathmandu' }, { userId: typing });
      const offers = { before: await endOffered(typing), known: '', unknown: '' };
      await stage.db.transaction(
        'lock',
        async (tx) => {
          await tx`lock table member_time_zones in access exclusive mode`;
          offers.known = await endOffered(typing);
          offers.unknown = await endOffered(stranger);
        },
        { deadlineMs: 8_000 },
      );
      return Object.values(offers).every((offered) => offered !== '') && offers;
    });
    assert.match(unknown, /\(in 3 hours\)$/);
    // Nepal's clocks are 45 minutes off everybody else's.
    const [then = NaN, now = NaN] = [before, known].map((text) => Number(/:(\d\d) [AP]M /.exec(text)?.[1]));
    assert.ok([0, 1, 59].includes(Math.abs(now - then)), `${before}, then ${known}`);
  });

  test('a form asks for what is missing', async () => {
    const asked = await stage.run('poll create', { question: 'Tea?', anonymous: true });
    assert.equal(asked.modal?.title, 'A new poll');
    const { sandbox } = stage.world;
    const submit = (answers: string, more: { readonly question?: string } = {}) =>
      sandbox.submitModal({ interactionId: asked.interactionId, fields: { answers, ...more } });
    const blank = await submit('Yes\nNo', { question: '  ' });
    assert.equal(blank.embeds[0]?.title, 'That does not fit into the form');
    assert.match(blank.embeds[0]?.description ?? '', /- \*\*Question\*\* needs at least 1 character\.$/);
    const poll = await submit('Yes\nNo\n');
    assert.equal(poll.embeds[0]?.title, 'Tea?');
    assert.match(poll.embeds[0]?.description ?? '', /1\. Yes.*2\. No.*Anonymous/s);
    await stage.press(poll, 'Yes');
    assert.match(await description(poll), /Yes\*\*\n█{10} 100% · 1 vote/);
  });

  test('staff and its maker close it, others do not; a vote that comes late is told so', async () => {
    const poll = await create({ question: 'Who may?' }, 'en-US');
    const [offer] = await stage.type('poll close', { poll: 'who m' }, 'poll');
    assert.deepEqual(offer, { name: 'Who may?', value: poll.interactionId });
    const [other = ''] = await newcomers(1);
    const refused = await stage.run('poll close', { poll: offer?.value ?? '' }, { userId: other });
    assert.match(refused.embeds[0]?.description ?? '', /Manage Messages/);
    const listed = await stage.run('poll list');
    assert.match(
      listed.embeds[0]?.description ?? '',
      new RegExp(
        `\\[Who may\\?\\]\\(https://discord.com/channels/${stage.guild.id}/\\d+/${poll.message?.id}\\)`,
      ),
    );
    const asked = await stage.run('poll close', { poll: offer?.value ?? '' }, { as: 'moderator' });
    assert.match(asked.content, /close the poll “Who may.*now/);
    const kept = await stage.press(asked, 'Leave it open', { as: 'moderator' });
    assert.deepEqual([kept.content, kept.components], ['The poll stays open.', []]);
    assert.match((await close(offer?.value ?? '')).content, /closes now/);
    await eventually('it is closed', async () => (await shown(poll)).components?.length === 0);
    assert.match(await description(poll), /This poll is closed/);
    const again = await stage.run('poll close', { poll: offer?.value ?? '' }, { as: 'moderator' });
    assert.match(again.embeds[0]?.description ?? '', /cannot find that poll/);
    const late = await create({});
    await endsIn(late, -1, { job: false });
    const told = await stage.press(late, 'Pizza', { locale: 'fr' });
    const word = await eventually(
      'there is a word about it',
      async () => (await stage.world.sandbox.interaction(told.interactionId)).followUps[0],
    );
    assert.match(word.content, /Ce sondage est terminé/);
    assert.equal(word.ephemeral, true);
    assert.match(await description(late), /This poll is closed/);
  });

  test('a vote whose answer arrives after the end does not open the message again', async () => {
    const poll = await create({});
    await lateAnswer();
    const pressed = stage.press(poll, 'Pizza');
    await eventually('the vote is counted', async () => {
      const votes = await stage.db.query(
        'votes',
        (sql) => sql`select from poll_votes where poll_id = ${poll.interactionId}`,
      );
      return votes.length === 1;
    });
    await endsIn(poll, -1, { job: true });
    await eventually('it is closed', async () => (await shown(poll)).components?.length === 0);
    assert.equal((await pressed).state, 'answered');
    await eventually('it is closed again', async () => (await shown(poll)).components?.length === 0);
    assert.match(await description(poll), /This poll is closed/);
  });

  test('what makes no sense is said, in the member’s language', async (t) => {
    const wrong: readonly Record<string, string>[] = [
      { options: 'Only one' },
      { options: 'Yes | No | yes' },
      { options: `Yes | ${'n'.repeat(60)}` },
      { options: Array.from({ length: 26 }, (_, n) => n).join('|') },
      { question: '   ' },
      { closes: 'whenever' },
      { closes: '3s' },
      { closes: '2001-01-01 00:00' },
      { closes: '900d' },
    ];
    const read: string[] = [];
    for (const locale of ['en-US', 'de'] as const)
      for (const options of wrong) {
        const seen = await create(options, locale);
        assert.equal(seen.ephemeral, true);
        read.push(seen.embeds[0]?.description ?? '');
      }
    t.assert.snapshot(read);
    assert.deepEqual(
      (await stage.type('poll create', { closes: '2h' }, 'closes')).map(({ value }) => value),
      ['2h'],
    );
    assert.equal((await stage.type('poll create', { closes: '' }, 'closes')).length, 6);
  });

  test('closes when the member says, in their own words and time zone', async () => {
    await stage.run('remind time_zone', { zone: 'Asia/Seoul' });
    const [offer] = await stage.type('poll create', { closes: 'morgen 18 Uhr' }, 'closes', { locale: 'de' });
    assert.match(offer?.name ?? '', /^Morgen, 18:00 \(in \d+ \p{L}+\)$/u);
    const { message } = await create({ closes: String(offer?.value) }, 'de');
    const [poll] = await stage.db.query(
      'closes',
      (sql) => sql<{ at: Date }[]>`select closes_at as at from polls order by id desc limit 1`,
    );
    assert.ok(message);
    assert.equal(poll?.at.toISOString().slice(11), '09:00:00.000Z');
    await stage.run('remind time_zone', { zone: 'server' });
  });

  test('where the bot may not look any more, the maker is told in their language which permission is missing, and where', async () => {
    const { sandbox } = stage.world;
    const bot = (await create({})).message?.author.id ?? '';
    const overwrites = [{ id: bot, type: 1, allow: '0', deny: String(PermissionFlagsBits.ViewChannel) }];
    const { id: channelId } = await sandbox.people.createChannel({
      guild_id: stage.guild.id,
      name: 'hidden',
      overwrites,
    });
    const asked = { question: 'Here?', options: 'Yes | No' };
    const poll = await stage.run('poll create', asked, { channelId, as: 'owner', locale: 'de' });
    assert.match(poll.embeds[0]?.description ?? '', /Closes/, 'the message is for everybody');
    await stage.press(poll, 'Yes', { as: 'owner' });
    await endsIn(poll, -1, { job: true });
    const owner = stage.member('owner');
    const { channelId: direct } = await sandbox.people.sendDirectMessage({ user_id: owner, content: 'Hi' });
    await eventually('the maker is told', async () =>
      (await sandbox.messages(direct, owner)).some(
        ({ content }) =>
          content.includes('Kanal ansehen') && content.includes(`<#${channelId}>`) && content.includes('Yes'),
      ),
    );
  });

  test('who has their data deleted no longer counts where it is open; a closed poll keeps its numbers', async () => {
    const [open, closed] = [await create({}), await create({})];
    const [userId = ''] = await newcomers(1);
    for (const poll of [open, closed]) await stage.press(poll, 'Pizza', { userId });
    await close(closed.interactionId);
    await eventually('it is closed', async () => (await shown(closed)).components?.length === 0);
    await stage.press(await stage.run('privacy delete', {}, { userId }), 'Delete everything', { userId });
    await stage.press(open, 'Pasta');
    assert.match(await description(open), /Pizza\*\*\n░+ 0% · 0 votes\n.*Pasta\*\*\n█{10} 100% · 1 vote/);
    const result = await stage.db.query(
      'result',
      (sql) => sql<{ result: object }[]>`select result from polls where id = ${closed.interactionId}`,
    );
    assert.deepEqual(result[0]?.result, { counts: [1, 0], voters: 1 });
  });
});
