import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { OverwriteType, PermissionFlagsBits, type APIMessage } from 'discord-api-types/v10';
import { JOB_LEASE_MS } from '../../config/jobs.ts';
import { fireKind } from '../../src/features/remind/fire-kind.ts';
import { addReminder, cancelReminder, pruneReminders } from '../../src/features/remind/store.ts';
import type { InteractionSight } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { featureStage, readable, type FeatureStage } from './stage.ts';

type Person = {
  readonly as?: 'owner' | 'member';
  readonly userId?: string;
  readonly locale?: 'en-US' | 'de';
};

function text(seen: InteractionSight): string {
  return JSON.stringify(readable(seen));
}

function lines(seen: InteractionSight): string {
  return seen.embeds[0]?.description ?? '';
}

function withoutTime({ content }: InteractionSight): string {
  return content.replace(/\d+:\d\d( [AP]M)?/, 'NOW');
}

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

  const offered = (typed: string, locale: 'en-US' | 'de' = 'en-US') =>
    stage.type('remind create', { when: typed }, 'when', { locale });

  async function newChannel(denied?: { readonly id: string; readonly deny: bigint }) {
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
      await create('in 0 minutes', 'x'),
      await create('in 0 Minuten', 'x', {}, { locale: 'de' }),
      await stage.run('remind cancel', { which: '12345' }),
      await stage.run('remind cancel', { which: 'x; drop' }, { locale: 'de' }),
      await stage.run('remind time_zone', { zone: 'Mars/Base' }),
    ];
    for (const seen of wrong) {
      assert.ok(seen.ephemeral);
      const shown = text(seen).replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'EXAMPLE');
      t.assert.snapshot(JSON.parse(shown));
    }
    const unfit = await create('in 1 hour', 'x', { repeat: 'secondly' }, {}).then(text, String);
    assert.match(unfit, /repeat/);
    assert.match(lines(await list()), /no reminders/);
  });

  test('while a time is typed, what is understood is offered', async () => {
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
    t.assert.snapshot(withoutTime(await stage.run('remind time_zone')));
    t.assert.snapshot(
      withoutTime(await stage.run('remind time_zone', { zone: 'asia/seoul' }, { locale: 'de' })),
    );
    const [day] = await stage.type('remind create', { when: 'tomorrow 9:00' }, 'when');
    const tomorrow = new Date(Date.now() + 33 * 3_600_000).toISOString().slice(0, 10);
    assert.equal(day?.value, `${tomorrow} 09:00`);
    await create(day?.value ?? '', 'far away');
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
    const madeMs = Date.now();
    const message = await arrived(channelId, 'oven');
    const atMs = Date.parse(message.timestamp);
    assert.ok(atMs >= sentMs + 1_000, 'before its time');
    assert.ok(atMs < madeMs + JOB_LEASE_MS, `${atMs - madeMs - 1_000} ms late`);
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
    const twice = await stage.press({ ...shown, message }, '1 hour').then(text, String);
    assert.match(twice, /there is no component/);
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
    const closed = await newChannel({ id: bot, deny: PermissionFlagsBits.SendMessagesInThreads });
    const inThread = { guild_id: stage.guild.id, channel_id: closed, name: 'A thread' };
    const thread = await stage.world.sandbox.people.createThread(inThread);
    assert.match(
      text(await create('in 1 hour', 'x', {}, { channelId: thread.id })),
      /Send Messages in Threads/,
    );
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
    const hidden = await newChannel({ id: bot, deny: PermissionFlagsBits.ViewChannel });
    await addReminder(stage.db, {
      ...due,
      channelId: hidden,
      about: 'verborgen',
      locale: 'de',
      dueAt: new Date(),
    });
    for (const about of ['gone', 'shut', 'verborgen']) {
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
    await addReminder(stage.db, { ...unreachable, channelId: closed, about: 'nor there' });
    await eventually('they have failed', async () => {
      const rows = await stage.db.query('failed', (sql) => sql`select from reminders where state = 'failed'`);
      return rows.length === 3;
    });
    await people.joinGuild(membership);
    const failed = await list({ userId: nobody });
    t.assert.snapshot(readable(failed));
    assert.match(
      lines(await list({ userId: nobody, locale: 'de' })),
      /Berechtigung \*\*Nachrichten senden\*\*/,
    );
    await stage.db.query(
      'of another release',
      (sql) => sql`update reminders set reason = 'written by another release' where about = 'nor here'`,
    );
    assert.match(lines(await list({ userId: nobody })), /Discord did not accept it/);
    const asked = await stage.press(failed, 'Cancel 1', { userId: nobody });
    const dismissed = await stage.press(asked, 'Cancel it', { userId: nobody });
    assert.doesNotMatch(lines(dismissed), /nobody hears/);
  });

  test('when Discord does not answer to the last, the list says so, and what repeats waits for its next time', async () => {
    const { sandbox } = stage.world;
    const outage = await sandbox.switchOn({ kind: 'rest-reset', route: 'POST /channels/:channel/messages' });
    await create('in 2 seconds', 'silence', {}, { locale: 'de' });
    await create('in 2 seconds', 'once a day', { repeat: 'daily' });
    await stage.db.query(
      'wear out',
      (sql) => sql`update jobs set attempts = ${fireKind.retries} where kind = ${fireKind.name}`,
    );
    await eventually('it is given up', async () => /stundenlang/.test(lines(await list({ locale: 'de' }))));
    await eventually('it waits for tomorrow', async () => {
      const rows = await stage.db.query(
        'next',
        (sql) => sql`
          select from reminders join jobs on jobs.id = job_id where about = 'once a day'
            and reminders.state = 'open' and due_at > now() + interval '1 hour' and payload ->> 'failures' = '1'`,
      );
      return rows.length === 1;
    });
    await stage.db.query(
      'last time',
      (
        sql,
      ) => sql`update jobs set payload = payload || '{"failures": 4}', attempts = ${fireKind.retries}, run_at = now()
        where kind = ${fireKind.name}`,
    );
    await eventually('five times are enough', async () =>
      /stundenlang.*stundenlang/s.test(lines(await list({ locale: 'de' }))),
    );
    await sandbox.clearFault(outage.fault.id);
    await forget();
  });

  test('one whose job was given up is told of, and one that waits for its next attempt can be cancelled', async () => {
    const userId = stage.member('member');
    const due = { userId, guildId: undefined, channelId: undefined, locale: 'en-US', timeZone: 'UTC' };
    const add = async (about: string) => {
      const dueAt = new Date(Date.now() + 3_600_000);
      const id = await addReminder(stage.db, { ...due, about, repeat: undefined, dueAt });
      assert.ok(id);
      await stage.db.query(
        'fail',
        (sql) =>
          sql`update reminders set state = 'firing', due_at = now() - interval '1 minute' where id = ${id}`,
      );
      return id;
    };
    const [buried, waiting] = [await add('buried'), await add('waiting')];
    await stage.db.query(
      'bury',
      (sql) => sql`update jobs set state = 'dead' where payload ->> 'reminderId' = ${buried}`,
    );
    await pruneReminders(stage.db);
    assert.match(lines(await list()), /waiting.*I am sending it.*buried.*wrong on my side/s);
    assert.equal(await cancelReminder(stage.db, userId, waiting), 'cancelled');
    const running = await add('running');
    await stage.db.query(
      'run',
      (sql) => sql`update jobs set state = 'running' where payload ->> 'reminderId' = ${running}`,
    );
    assert.equal(await cancelReminder(stage.db, userId, running), 'firing');
    await forget();
  });

  test('where staff have switched reminders off, they come by direct message', async (t) => {
    const userId = stage.member('owner');
    const direct = (await asBot('/users/@me/channels', { recipient_id: userId })) ?? '';
    const channelId = await newChannel();
    const guildId = stage.guild.id;
    await stage.db.query(
      'switch off',
      (sql) => sql`
        insert into guild_settings (guild_id, locale, time_zone, rules, version, updated_by)
        values (${guildId}, 'en-US', 'UTC', '{"commands": {}, "families": {"remind": false}}', 1, ${userId})`,
    );
    const off = { userId, guildId, channelId, timeZone: 'UTC', repeat: undefined };
    for (const locale of ['en-US', 'de'])
      await addReminder(stage.db, { ...off, locale, about: `quiet ${locale}`, dueAt: new Date() });
    for (const locale of ['en-US', 'de']) {
      const { content } = await arrived(direct, `quiet ${locale}`, userId);
      t.assert.snapshot(content.replaceAll(/\d{9,20}/g, 'ID'));
    }
    assert.deepEqual(await messages(channelId, 'quiet', userId), []);
    await stage.db.query('switch on', (sql) => sql`delete from guild_settings where guild_id = ${guildId}`);
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
    const theirs = await stage.press(asked, 'Cancel it', { as: 'owner' }).then(text, String);
    assert.match(theirs, /sees no message/);
    await forget();
  });
});
