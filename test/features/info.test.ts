import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { messageCounts } from '../../src/features/activity/message-counts.ts';
import { healthWords } from '../../src/features/info/health-words.ts';
import { breakerLines, cacheLines, queueLines } from '../../src/features/info/process-lines.ts';
import { speechFor } from '../../src/i18n/i18n.ts';
import type { InteractionSight } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { featureStage, readable, type FeatureStage } from './stage.ts';

/** Without the figures of this run. */
function steady(seen: InteractionSight): object {
  const text = JSON.stringify(readable(seen))
    .replaceAll(/\d+\s?ms/g, 'N ms')
    .replaceAll(/(Commands answered|응답한 명령어)","value":"\d+/g, '$1","value":"N')
    .replaceAll(/\d+\s?Mi[Bo]/g, 'N MiB')
    .replaceAll(/\d\d[./-]\s?\d\d\.? /g, 'DAY ');
  return JSON.parse(text) as object;
}

/** Each part without its figures; of the jobs only that they are there, for which ones are due is a matter of the moment. */
function parts({ embeds: [embed] }: InteractionSight): object {
  const fields = embed?.fields ?? [];
  const shown = fields.slice(0, -1).map(({ name, value }) => [name, value.replaceAll(/\d[\d,.]*/g, 'N')]);
  return [embed?.title, ...shown, fields.at(-1)?.name];
}

describe('info, privacy and activity, as members see them', () => {
  let stage: FeatureStage;
  before(async () => {
    stage = await featureStage();
  });
  after(() => stage?.[Symbol.asyncDispose]());

  test('stats tells that there is nothing yet, and then what there was', async (t) => {
    const { guild, world, db } = stage;
    assert.match((await stage.run('stats')).embeds[0]?.description ?? '', /^Nothing has been counted yet/);
    const { id: channelId = '' } = guild.channels[0] ?? {};
    const message = { channelId, userId: stage.member('member'), content: 'not stored' };
    const { id } = await world.sandbox.chat(message);
    await world.sandbox.chat(message);
    const counted = () =>
      db.query('look', (sql) => sql<{ messages: string }[]>`select messages from guild_activity`);
    await eventually('both are counted', async () => (await counted())[0]?.messages === '2');
    await eventually('the use is written', async () => {
      const rows = await db.query('look', (sql) => sql`select from command_usage`);
      return rows.length === 1;
    });
    const twice = [{ key: id, body: { messages: { [guild.id]: [id] } } }];
    assert.equal(await db.query('again', (sql) => messageCounts.write(sql, twice)), 0);
    await db.query(
      'fill',
      (sql) => sql`
        insert into guild_activity (guild_id, day, messages)
        select ${guild.id}, (now() at time zone 'UTC')::date - days, 1200 / days from generate_series(1, 3) as days`,
    );
    t.assert.snapshot(steady(await stage.run('stats')));
    const month = await stage.run('stats', { days: '30' }, { locale: 'ko' });
    assert.equal(month.embeds[0]?.description?.split('\n').length, 34);
    await eventually('the second use is written', async () => {
      const rows = await db.query('look', (sql) => sql`select from command_usage`);
      return rows.length === 3;
    });
    t.assert.snapshot(steady(await stage.run('stats', { days: '7' }, { locale: 'ko' })));
  });

  for (const locale of ['en-US', 'ko'] as const) {
    test(`help, ping and about in ${locale}`, async (t) => {
      const overview = await stage.run('help', {}, { locale });
      t.assert.snapshot(readable(overview));
      const found = await stage.run('help', { search: locale === 'ko' ? '알림' : 'remind' }, { locale });
      t.assert.snapshot(readable({ ...found, components: [] }));
      const family = await stage.press(overview, 'help.family', { locale, values: ['info'] });
      t.assert.snapshot(readable({ ...family, components: [] }));
      for (const command of ['ping', 'about'])
        t.assert.snapshot(steady(await stage.run(command, {}, { locale })));
    });
  }

  test('help shows what a member may use here', async () => {
    const [members, owners] = [await stage.run('help'), await stage.run('help', {}, { as: 'owner' })];
    assert.match(JSON.stringify(members.embeds), /<\/ping:\d+>/);
    assert.doesNotMatch(JSON.stringify(members.embeds), /\/(settings|health)/);
    assert.match(
      JSON.stringify(owners.embeds),
      /<\/settings view:\d+>.*<\/health:\d+>|<\/health:\d+>.*<\/settings view:\d+>/,
    );
    assert.deepEqual(await stage.type('help', { search: 'settings view' }, 'search'), []);
  });

  test('help finds by a word of a name or of a description, in the member’s language', async () => {
    const offered = await stage.type('help', { search: 'privacy lösch' }, 'search', { locale: 'de' });
    assert.deepEqual(
      offered.map(({ value }) => value),
      ['privacy delete'],
    );
    const found = await stage.run('help', { search: 'privacy delete' }, { locale: 'de' });
    assert.match(found.embeds[0]?.title ?? '', /^Gefunden/);
    assert.match(found.embeds[0]?.description ?? '', /^<\/privacy delete:\d+>/);
    const many = await stage.run('help', { search: 'a' });
    const described = many.embeds[0]?.description?.split('\n\n') ?? [];
    const [others] = many.embeds[0]?.fields ?? [];
    assert.equal(others?.name, 'Found as well');
    const mentions = others.value.split(' · ');
    assert.ok(mentions.every((mention) => /^<\/[a-z_ ]+:\d+>$/.test(mention)));
    const all = [...described.map((text) => text.split('\n')[0]), ...mentions];
    assert.ok(described.length === 5 && mentions.length > 5 && new Set(all).size === all.length);
    const nothing = await stage.run('help', { search: '*kettle*' });
    assert.equal(nothing.embeds[0]?.title, String.raw`Nothing found for “\*kettle\*”`);
  });

  test('health says which shards do not answer, and nothing for them', () => {
    const say = healthWords.in(speechFor(['de'], 'UTC'));
    const answer = { breakers: [], caches: [], queue: [] };
    const silent = { shardIds: [2, 3] };
    const told = [breakerLines, cacheLines, queueLines].map((lines) => [
      lines(say, [silent]),
      lines(say, [{ shardIds: [0], health: answer }, silent]),
      lines(say, []),
    ]);
    const missing = 'keine Antwort von Shard 2, 3';
    assert.deepEqual(told, [
      [[missing], ['alle 0 geschlossen', missing], []],
      [[missing], [missing], []],
      [[missing], [missing], []],
    ]);
  });

  test('health is for those who run the bot, and says how everything is', async (t) => {
    const refused = await stage.run('health', {}, { force: true });
    assert.equal(refused.embeds[0]?.title, 'This is for those who run the bot');
    const seen = await stage.run('health', {}, { as: 'owner' });
    const fields = new Map(seen.embeds[0]?.fields?.map(({ name, value }) => [name, value]));
    assert.deepEqual([...fields.keys()], ['Cluster', 'Breakers', 'Caches', 'Write queues', 'Jobs']);
    assert.match(fields.get('Cluster') ?? '', /^1 of 1 shards ready, 4 servers\n1 processes/);
    assert.match(fields.get('Breakers') ?? '', /^all [1-9]\d* closed$/);
    assert.match(fields.get('Write queues') ?? '', /message\\_counts: \d+ waiting.*\n0 dead facts/s);
    assert.doesNotMatch([...fields.values()].join(), /not known right now/);
    for (const locale of ['en-US', 'ko'] as const)
      t.assert.snapshot(parts(await stage.run('health', {}, { as: 'owner', locale })));
  });

  test('privacy asks before it deletes, in the member’s language', async (t) => {
    const userId = stage.member('moderator');
    const me = { as: 'moderator', locale: 'fr' } as const;
    assert.equal((await stage.run('privacy delete', {}, me)).content, 'Je ne conserve rien à votre sujet.');
    await stage.db.query(
      'fill',
      (sql) => sql`
        insert into guild_settings (guild_id, locale, time_zone, version, updated_by)
        values (1, 'ko', 'UTC', 1, ${userId})`,
    );
    for (const locale of ['en-US', 'fr'] as const)
      t.assert.snapshot(readable(await stage.run('privacy delete', {}, { ...me, locale })));
    const asked = await stage.run('privacy delete', {}, me);
    assert.equal((await stage.press(asked, 'Conserver', me)).content, 'Rien n’a été supprimé.');
    for (const locale of ['en-US', 'fr'] as const)
      t.assert.snapshot(readable(await stage.run('privacy export', {}, { ...me, locale })));
    const file = (await stage.run('privacy export', {}, me)).message?.attachments[0];
    assert.match(await (await fetch(file?.url ?? '')).text(), /"holds": "Les serveurs dont vous/);
    const again = await stage.run('privacy delete', {}, me);
    const gone = await stage.press(again, 'Tout supprimer', me);
    assert.equal(gone.content, 'Supprimé : 1 élément à votre sujet.');
    assert.deepEqual(gone.components, []);
    assert.equal((await stage.run('privacy export', {}, me)).content, 'Je ne conserve rien à votre sujet.');
  });
});
