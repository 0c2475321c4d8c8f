import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { OverwriteType, PermissionFlagsBits, type APIMessage } from 'discord-api-types/v10';
import { fireKind } from '../../src/features/remind/fire-kind.ts';
import { addReminder } from '../../src/features/remind/store.ts';
import type { InteractionSight } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { featureStage, readable, type FeatureStage } from './stage.ts';

type Person = {
  readonly as?: 'owner' | 'member';
  readonly userId?: string;
  readonly locale?: 'en-US' | 'de';
};

describe('/remind', () => {
  let stage: FeatureStage;
  let channels = 0;
  before(async () => {
    stage = await featureStage();
  });
  after(() => stage?.[Symbol.asyncDispose]());

  const create = (
    when: string,
    about: string,
    more: object = {},
    person: Person & { channelId?: string } = {},
  ) => stage.run('remind create', { when, about, ...more }, person);
  const list = (person: Person = {}) => stage.run('remind list', {}, person);
  const text = (seen: InteractionSight) => JSON.stringify(readable(seen));
  const lines = (seen: InteractionSight) => seen.embeds[0]?.description ?? '';

  async function newChannel(denied: { readonly id: string; readonly deny: bigint } | undefined = undefined) {
    const overwrites = denied && [
      { id: denied.id, type: OverwriteType.Member, allow: '0', deny: String(denied.deny) },
    ];
    const made = await stage.world.sandbox.people.createChannel({
      guild_id: stage.guild.id,
      name: `reminders-${channels++}`,
      ...(overwrites && { overwrites }),
    });
    return made.id;
  }

  /** Of the bot, with `about` in it, in a channel as its member sees it. */
  async function messages(channelId: string, about: string, userId = stage.member('member')) {
    const all = await stage.world.sandbox.messages(channelId, userId);
    return all.filter(({ content }) => content.includes(about));
  }

  async function arrived(channelId: string, about: string, userId?: string): Promise<APIMessage> {
    return eventually(`the reminder of ${about}`, async () => (await messages(channelId, about, userId))[0]);
  }

  async function asBot(route: string, body?: object): Promise<string | undefined> {
    const { DISCORD_API_URL, DISCORD_TOKEN } = stage.world.env;
    const answer = await fetch(`${DISCORD_API_URL}/v10${route}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bot ${DISCORD_TOKEN}`,
        'content-type': 'application/json',
        'user-agent': 'DiscordBot (https://shoal.example, 1)',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return ((await answer.json()) as { id?: string }).id;
  }

  async function botId(): Promise<string> {
    return (await asBot('/users/@me')) ?? '';
  }

  async function forget() {
    const id = stage.member('member');
    await stage.db.query('forget', (sql) => sql`delete from jobs where payload ->> 'userId' = ${id}`);
    await stage.db.query('forget', (sql) => sql`delete from reminders where user_id = ${id}`);
  }

  for (const locale of ['en-US', 'de'] as const)
    test(`made, listed, and cancelled after a question, in ${locale}`, async (t) => {
      t.assert.snapshot(readable(await list({ locale })));
      const made = await create('in 3 hours', 'tea\n*and* https://a.example/b_c', {}, { locale });
      assert.ok(made.ephemeral);
      t.assert.snapshot(readable(made));
      await create('in 4 hours', 'coffee', { repeat: 'daily', where: 'direct' }, { locale });
      const listed = await list({ locale });
      t.assert.snapshot(readable(listed));
      const asked = await stage.press(listed, '2', { locale });
      t.assert.snapshot(readable(asked));
      const kept = await stage.press(asked, locale === 'de' ? 'Behalten' : 'Keep it', { locale });
      assert.match(lines(kept), /tea/);
      const again = await stage.press(kept, '2', { locale });
      const cancelled = await stage.press(again, 'remind.cancel', { locale });
      assert.doesNotMatch(lines(cancelled), /tea/);
      t.assert.snapshot(readable(cancelled));
      const left = await stage.db.query('left', (sql) => sql`select from jobs where kind = 'remind.fire'`);
      assert.equal(left.length, 1, 'the job of what is cancelled is gone');
      await forget();
    });

  test('what makes no sense is refused with what would, in the member’s language', async (t) => {
    const wrong = [
      await create('when pigs fly', 'x'),
      await create('yesterday', 'x', {}, { locale: 'de' }),
      await create('2020-01-01 10:00', 'x'),
      await create('in 40 years', 'x', {}, { locale: 'de' }),
      await create('in 1 hour', '   '),
      await stage.run('remind cancel', { which: '12345' }),
      await stage.run('remind cancel', { which: 'x; drop' }, { locale: 'de' }),
      await stage.run('remind time_zone', { zone: 'Mars/Base' }),
    ];
    for (const seen of wrong) {
      assert.ok(seen.ephemeral);
      const shown = text(seen).replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'EXAMPLE');
      t.assert.snapshot(JSON.parse(shown));
    }
    const unfit = await create('in 1 hour', 'x', { repeat: 'secondly' }, {}).catch(String);
    assert.match(String(unfit), /repeat/);
    assert.match(lines(await list()), /no reminders/);
  });

  test('while a time is typed, what is understood is offered', async () => {
    const offered = (typed: string, locale: 'en-US' | 'de' = 'en-US') =>
      stage.type('remind create', { when: typed }, 'when', { locale });
    const [german] = await offered('morgen um 9 uhr', 'de');
    assert.match(german?.name ?? '', /^Morgen, 09:00 \(in \d+ \p{L}+\)$/u);
    assert.match(String(german?.value), /^\d{4}-\d\d-\d\d 09:00$/);
    assert.deepEqual((await offered('in 2 hours'))[0]?.value, 'in 2 hours');
    for (const odd of ['', 'pigs', '2020-01-01'])
      assert.equal((await offered(odd)).length, 6, `examples for ${odd}`);
  });

  test('the time zone is the member’s own, else the server’s', async (t) => {
    const zones = await stage.type('remind time_zone', { zone: 'seo' }, 'zone');
    assert.equal(zones[0]?.value, 'Asia/Seoul');
    assert.match(zones[0].name, /^Asia\/Seoul \(\d+:\d\d [AP]M\)$/);
    const clock = (seen: InteractionSight) => seen.content.replace(/\d+:\d\d( [AP]M)?/, 'NOW');
    t.assert.snapshot(clock(await stage.run('remind time_zone')));
    t.assert.snapshot(clock(await stage.run('remind time_zone', { zone: 'asia/seoul' }, { locale: 'de' })));
    const [day] = await stage.type('remind create', { when: 'tomorrow 9:00' }, 'when');
    const tomorrow = new Date(Date.now() + 33 * 3_600_000).toISOString().slice(0, 10);
    assert.equal(day?.value, `${tomorrow} 09:00`);
    await create(String(day?.value), 'far away');
    const [row] = await stage.db.query(
      'due',
      (sql) => sql<{ dueAt: Date }[]>`select due_at as "dueAt" from reminders`,
    );
    assert.equal(row?.dueAt.toISOString(), `${tomorrow}T00:00:00.000Z`);
    assert.match((await stage.run('remind time_zone', { zone: 'server' })).content, /server/);
    await forget();
  });

  test('fires in its channel once, on time, for its member alone, who may put it off once', async (t) => {
    const channelId = await newChannel();
    const sentMs = Date.now();
    const made = await create('in 1 second', 'the *oven* @everyone', {}, { channelId });
    const message = await arrived(channelId, 'oven');
    assert.ok(Date.parse(message.timestamp) >= sentMs + 1_000, 'before its time');
    assert.equal(message.mention_everyone, false);
    assert.deepEqual(
      message.mentions.map(({ id }) => id),
      [stage.member('member')],
    );
    const { content, components = [] } = message;
    const shown = { ...made, message, content, components };
    t.assert.snapshot(readable({ ...shown, embeds: [] }));
    await eventually('it is done', async () => /no reminders/.test(lines(await list())));
    assert.match(text(await stage.press(shown, '10 minutes', { as: 'owner' })), /belongs to another member/);
    const snoozed = await stage.press(shown, '10 minutes');
    assert.match(snoozed.content, /remind you again <t:\d+:R>/);
    assert.deepEqual(snoozed.components, []);
    assert.match(lines(await list()), /oven/);
    // As a second press would be that was under way with the first.
    const twice = await stage.press({ ...shown, message }, '1 hour').catch(String);
    assert.ok(typeof twice === 'string' || /already/.test(text(twice)), String(twice));
    assert.equal((await messages(channelId, 'oven')).length, 1);
    await forget();
  });

  test('one that repeats is sent, and waits for its next time', async () => {
    const channelId = await newChannel();
    await create('in 1 second', 'stretch', { repeat: 'daily' }, { channelId, locale: 'de' });
    const { content } = await arrived(channelId, 'stretch');
    assert.match(content, /Nächstes Mal: <t:\d+:F>/);
    const next = await eventually('it is open again', async () => {
      const rows = await stage.db.query(
        'next',
        (sql) => sql<{ ms: number }[]>`
          select extract(epoch from due_at - first_at)::float8 * 1000 as ms from reminders
          where about = 'stretch' and state = 'open' and due_at > now() + interval '1 hour'`,
      );
      return rows[0];
    });
    assert.equal(next.ms, 86_400_000);
    assert.match(lines(await list({ locale: 'de' })), /Jeden Tag/);
    await forget();
  });

  test('where the bot or the member may not write, it says so at once', async (t) => {
    const bot = await botId();
    const deny = PermissionFlagsBits.SendMessages;
    const channelId = await newChannel({ id: bot, deny });
    t.assert.snapshot(readable(await create('in 1 hour', 'x', {}, { channelId })));
    t.assert.snapshot(readable(await create('in 1 hour', 'x', {}, { channelId, locale: 'de' })));
    const readOnly = await newChannel({ id: stage.member('member'), deny });
    t.assert.snapshot(readable(await create('in 1 hour', 'x', {}, { channelId: readOnly })));
    assert.match(text(await create('in 1 hour', 'x', { where: 'direct' }, { channelId })), /remind you/);
    await forget();
  });

  test('a channel that is gone, or closed to the bot, is replaced by a direct message, and that by a word in the list', async (t) => {
    const open = stage.member('owner');
    const direct = (await asBot('/users/@me/channels', { recipient_id: open })) ?? '';
    const gone = await newChannel();
    await create('in 1 second', 'gone', {}, { as: 'owner', channelId: gone });
    await stage.world.sandbox.people.deleteChannel({ guild_id: stage.guild.id, channel_id: gone });
    const bot = await botId();
    const closed = await newChannel({ id: bot, deny: PermissionFlagsBits.SendMessages });
    const due = {
      userId: open,
      guildId: stage.guild.id,
      locale: 'en-US',
      timeZone: 'UTC',
      repeat: undefined,
    };
    const hour = 3_600_000;
    // From before a permission was taken, and due while no process ran.
    await addReminder(stage.db, {
      ...due,
      channelId: closed,
      about: 'shut',
      dueAt: new Date(Date.now() - 2 * hour),
    });
    for (const about of ['gone', 'shut']) {
      const { content } = await arrived(direct, about, open);
      t.assert.snapshot(content.replaceAll(/\d{9,20}/g, 'ID'));
    }
    const nobody = stage.member('moderator');
    const { people } = stage.world.sandbox;
    const membership = { guild_id: stage.guild.id, user_id: nobody };
    // Who shares no guild with the bot gets nothing from it.
    await people.leaveGuild(membership);
    const unreachable = { ...due, userId: nobody, dueAt: new Date() };
    await addReminder(stage.db, { ...unreachable, channelId: undefined, about: 'nobody hears' });
    await addReminder(stage.db, { ...unreachable, channelId: gone, about: 'nor here' });
    await eventually('both have failed', async () => {
      const rows = await stage.db.query('failed', (sql) => sql`select from reminders where state = 'failed'`);
      return rows.length === 2;
    });
    await people.joinGuild(membership);
    const failed = await list({ userId: nobody });
    t.assert.snapshot(readable(failed));
    const asked = await stage.press(failed, 'Cancel 1', { userId: nobody });
    const dismissed = await stage.press(asked, 'Cancel it', { userId: nobody });
    assert.doesNotMatch(lines(dismissed), /nobody hears/);
  });

  test('when Discord does not answer to the last, the list says so', async () => {
    const { sandbox } = stage.world;
    const outage = await sandbox.switchOn({ kind: 'rest-reset', route: 'POST /channels/:channel/messages' });
    await create('in 2 seconds', 'silence', {}, { locale: 'de' });
    await stage.db.query(
      'wear out',
      (sql) => sql`update jobs set attempts = ${fireKind.retries} where kind = ${fireKind.name}`,
    );
    await eventually('it is given up', async () => /stundenlang/.test(lines(await list({ locale: 'de' }))));
    await sandbox.clearFault(outage.fault.id);
    await forget();
  });

  test('pages, at most 25, and a choice of what to cancel', async (t) => {
    const userId = stage.member('member');
    const wanted = {
      userId,
      guildId: stage.guild.id,
      channelId: undefined,
      locale: 'en-US',
      timeZone: 'UTC',
    };
    for (let n = 1; n <= 25; n++)
      await addReminder(stage.db, {
        ...wanted,
        about: `errand ${n}`,
        repeat: undefined,
        dueAt: new Date(Date.now() + n * 3_600_000 + 1_800_000),
      });
    t.assert.snapshot(readable(await create('in 1 hour', 'one more')));
    const first = await list();
    assert.match(lines(first), /\*\*5\.\*\* errand 5/);
    const second = await stage.press(first, 'Next page');
    assert.match(lines(second), /^\*\*6\.\*\* errand 6/);
    assert.match(lines(await stage.press(second, 'Previous page')), /^\*\*1\.\*\*/);
    const [offered] = await stage.type('remind cancel', { which: 'errand 17' }, 'which');
    assert.match(offered?.name ?? '', /\(in 17 hours\): errand 17$/);
    const asked = await stage.run('remind cancel', { which: String(offered?.value) });
    await stage.press(asked, 'Cancel it');
    assert.match(text(await create('in 1 hour', 'one more')), /remind you/);
    const theirs = await stage.press(asked, 'Cancel it', { as: 'owner' }).catch(String);
    assert.match(String(theirs), /not|see/i);
    await forget();
  });
});
