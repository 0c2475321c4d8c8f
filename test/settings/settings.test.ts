import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Breakers } from '../../src/breaker/breaker.ts';
import { createCache, type Cache } from '../../src/cache/cache.ts';
import { connectDb, type Db } from '../../src/db/db.ts';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import {
  createSettings,
  InvalidSetting,
  withCommandRule,
  type Settings,
  type SettingsPatch,
} from '../../src/settings/settings.ts';
import { eventually } from '../helpers/eventually.ts';
import { freeze, postgresPids, redisPid } from '../helpers/freeze.ts';
import { migratedServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

interface Shard {
  readonly settings: Settings;
  readonly cache: Cache;
  readonly redis: Redis;
  readonly db: Db;
}

const staff = '200000000000000001';
let servers: TestServers;
let shards: readonly [Shard, Shard];
const opened: Shard[] = [];
let lastGuild = 9_000_000_000_000_000n;

before(async () => {
  servers = await migratedServers();
  shards = await Promise.all([openShard(), openShard()]);
});
after(async () => {
  for (const { cache, redis, db } of opened) {
    await cache.stop();
    await closeRedis(redis);
    await db.close();
  }
  // `before` may have failed half-way.
  await servers?.stop();
});

/** What a shard process has, with connections of its own. */
async function openShard(sharedTtlSec = 60): Promise<Shard> {
  const db = await connectDb({ url: servers.postgresUrl, poolMax: 3, log: silentLog });
  const redis = await connectRedis({ url: servers.redisUrl, role: 'cache', log: silentLog });
  const breakers = new Breakers(silentLog);
  const cache = createCache({ redis, url: servers.redisUrl, breakers, log: silentLog, heartbeatMs: 100 });
  const settings = createSettings({ db, cache, localMax: 100, localTtlMs: 60_000, sharedTtlSec });
  await eventually('the cache hears', () => cache.heard);
  const shard = { settings, cache, redis, db };
  opened.push(shard);
  return shard;
}

/** Beyond 2^53, where a JavaScript number would already be another guild. */
function newGuild(): string {
  lastGuild += 1n;
  return `90${lastGuild}`;
}

test('a guild without a row has the defaults, version 0', async () => {
  const guildId = newGuild();
  const settings = await shards[0].settings.get(guildId);
  const expected = {
    guildId,
    locale: null,
    timeZone: 'UTC',
    logChannelId: null,
    accentColor: null,
    rules: { commands: {}, families: {} },
    version: 0,
  };
  assert.deepEqual(settings, expected);
  assert.throws(() => Object.assign(settings, { locale: 'de' }), TypeError);
});

test('many guilds are read at once, with and without a row, and each is what it is by itself', async () => {
  const [a, b] = shards;
  const guilds = [newGuild(), newGuild(), newGuild()];
  await a.settings.update(guilds[1] ?? '', { locale: 'ja' }, staff);
  const found = await b.settings.getMany(guilds);
  assert.deepEqual(
    guilds.map((guildId) => found.get(guildId)?.locale),
    [null, 'ja', null],
  );
  for (const guildId of guilds) assert.deepEqual(await b.settings.get(guildId), found.get(guildId));
  await assert.rejects(b.settings.getMany(['fish']), InvalidSetting);
});

test('a change on one shard is seen on the other, whose L1 is warm', async () => {
  const [a, b] = shards;
  const guildId = newGuild();
  await b.settings.get(guildId);
  const first = await a.settings.update(guildId, { locale: 'de', logChannelId: '300000000000000001' }, staff);
  assert.equal(first.version, 1);
  await eventually('b sees the first', async () => (await b.settings.get(guildId)).locale === 'de');
  const second = await b.settings.update(guildId, { accentColor: 0xffffff, logChannelId: null }, staff);
  const expected = {
    guildId,
    locale: 'de',
    timeZone: 'UTC',
    logChannelId: null,
    accentColor: 0xffffff,
    rules: { commands: {}, families: {} },
    version: 2,
  };
  assert.deepEqual(second, expected);
  await eventually('a sees the second', async () => (await a.settings.get(guildId)).version === 2);
  assert.deepEqual(await a.settings.get(guildId), expected);
});

test('changes of different fields at the same moment all survive', async () => {
  const patches: readonly SettingsPatch[] = [
    { locale: 'fr' },
    { timeZone: 'Europe/Paris' },
    { logChannelId: '300000000000000002' },
    { accentColor: 7 },
    { rules: { commands: { ping: { enabled: false } }, families: {} } },
  ];
  for (let round = 0; round < 10; round += 1) {
    const guildId = newGuild();
    // Warm and outdated L1s must not matter to a write.
    await Promise.all(shards.map(({ settings }) => settings.get(guildId)));
    await Promise.all(
      patches.map((patch, index) =>
        (index % 2 === 0 ? shards[0] : shards[1]).settings.update(guildId, patch, staff),
      ),
    );
    const merged = Object.assign({}, ...patches);
    for (const { settings } of shards) {
      const seen = await eventually('all five are there', async () => {
        const now = await settings.get(guildId);
        return now.version === 5 && now;
      });
      assert.deepEqual(seen, { guildId, ...merged, version: 5 });
    }
  }
});

test('a change is made to what PostgreSQL has, not to what the cache believes', async () => {
  const [a] = shards;
  const guildId = newGuild();
  await a.settings.update(guildId, { locale: 'de' }, staff);
  await a.db.query(
    'behind the back',
    (sql) => sql`update guild_settings set locale = 'fr', version = version + 1 where guild_id = ${guildId}`,
  );
  assert.equal((await a.settings.get(guildId)).locale, 'de');
  const changed = await a.settings.update(guildId, { accentColor: 1 }, staff);
  assert.deepEqual([changed.locale, changed.accentColor, changed.version], ['fr', 1, 3]);
});

test('parts of the rules that several change at the same moment all survive', async () => {
  const guildId = newGuild();
  const commands = ['ping', 'about', 'weather', 'remind'];
  await Promise.all(
    commands.map((command, index) =>
      (index % 2 === 0 ? shards[0] : shards[1]).settings.update(
        guildId,
        ({ rules }) => ({ rules: withCommandRule(rules, command, { cooldownSec: index + 1 }) }),
        staff,
      ),
    ),
  );
  const [a] = shards;
  const all = await eventually('all are there', async () => {
    const { rules, version } = await a.settings.get(guildId);
    return version === 4 && rules;
  });
  assert.deepEqual(all.commands, {
    ping: { cooldownSec: 1 },
    about: { cooldownSec: 2 },
    weather: { cooldownSec: 3 },
    remind: { cooldownSec: 4 },
  });
});

test('an older release leaves the rules alone, and what a later one has added to them stays', async () => {
  const [a] = shards;
  const guildId = newGuild();
  await a.db.query(
    'an older release',
    (sql) =>
      sql`insert into guild_settings (guild_id, locale, time_zone, version) values (${guildId}, 'de', 'UTC', 1)`,
  );
  assert.deepEqual((await a.settings.get(guildId)).rules, { commands: {}, families: {} });
  await a.db.query(
    'a later release',
    (sql) => sql`
      update guild_settings set version = 2, rules = '{"commands": {"ping": {"mood": "blue"}}, "families": {}, "more": 1}'
      where guild_id = ${guildId}`,
  );
  const { rules } = await a.settings.update(
    guildId,
    ({ rules }) => ({ rules: withCommandRule(rules, 'ping', { enabled: false }) }),
    staff,
  );
  assert.deepEqual(rules, { commands: { ping: { mood: 'blue', enabled: false } }, families: {}, more: 1 });
});

test('rules that nobody here wrote are an error, never none', async () => {
  const [a] = shards;
  const guildId = newGuild();
  await a.db.query(
    'by hand',
    (sql) => sql`
      insert into guild_settings (guild_id, locale, time_zone, version, rules)
      values (${guildId}, 'de', 'UTC', 1, '{"commands": []}')`,
  );
  await assert.rejects(a.settings.get(guildId), /commands/);
});

test('a change that changes nothing writes nothing', async () => {
  const guildId = newGuild();
  assert.equal((await shards[0].settings.update(guildId, { locale: null }, staff)).version, 0);
  const before = await shards[0].settings.update(guildId, { locale: 'ja' }, staff);
  assert.deepEqual(await shards[1].settings.update(guildId, { locale: 'ja' }, staff), before);
});

test('what cannot be stored is refused with the field and a reason', async () => {
  const { settings } = shards[0];
  const guildId = newGuild();
  const cases: readonly (readonly [SettingsPatch, string, RegExp])[] = [
    [{ locale: 'xx' }, 'locale', /"xx" is not supported; choose one of en-US/],
    [{ locale: 'constructor' }, 'locale', /not supported/],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone', /"Mars\/Olympus" is not known/],
    [{ timeZone: '+02:00' }, 'timeZone', /IANA/],
    [{ logChannelId: '9223372036854775808' }, 'logChannelId', /not a Discord id/],
    [{ logChannelId: "1' or true" }, 'logChannelId', /not a Discord id/],
    [{ accentColor: 0x1000000 }, 'accentColor', /16777216/],
    [{ accentColor: 1.5 }, 'accentColor', /1\.5/],
    [{ rules: { commands: { ping: { cooldownSec: 0 } }, families: {} } }, 'rules', /cooldownSec/],
    [{ rules: { commands: { 'Ping!': {} }, families: {} } }, 'rules', /Ping!/],
    [{ rules: { commands: { ping: { roleIds: ['fish'] } }, families: {} } }, 'rules', /role/],
  ];
  for (const [patch, field, message] of cases) {
    await assert.rejects(settings.update(guildId, patch, staff), (error: unknown) => {
      assert.ok(error instanceof InvalidSetting);
      assert.equal(error.field, field);
      assert.match(error.message, message);
      return true;
    });
  }
  await assert.rejects(settings.get('12a'), InvalidSetting);
  assert.equal((await settings.get(guildId)).version, 0);
});

test('with PostgreSQL frozen a cold guild is an error, a warm one is served, and neither becomes defaults', async () => {
  const [a] = shards;
  const [cold, warm] = [newGuild(), newGuild()];
  await a.settings.update(cold, { locale: 'pl' }, staff);
  await a.settings.update(warm, { locale: 'nl' }, staff);
  const b = await openShard();
  await b.redis.flushall();
  const frozen = freeze(await postgresPids(servers.directUrl));
  try {
    await assert.rejects(b.settings.get(cold), /no answer within/);
    assert.equal((await a.settings.get(warm)).locale, 'nl');
    await assert.rejects(a.settings.update(warm, { locale: 'it' }, staff), /no answer within/);
  } finally {
    frozen.thaw();
  }
  await eventually('postgres answers', async () => (await b.db.ping(1_000)) !== undefined);
  assert.equal((await b.settings.get(cold)).locale, 'pl');
});

test('what is over its time while PostgreSQL is frozen is served, and said to be stale', async () => {
  const hasty = await openShard(1);
  const guildId = newGuild();
  await hasty.settings.update(guildId, { locale: 'nl' }, staff);
  assert.equal((await hasty.settings.look(guildId)).stale, false);
  const frozen = freeze(await postgresPids(servers.directUrl));
  try {
    const { value } = await eventually('it is over its time', async () => {
      const found = await hasty.settings.look(guildId);
      return found.stale && found;
    });
    assert.equal(value.locale, 'nl');
  } finally {
    frozen.thaw();
  }
  await eventually('it is fresh', async () => !(await hasty.settings.look(guildId)).stale);
});

test('with Redis frozen settings are read from PostgreSQL, changed there, and seen everywhere afterwards', async () => {
  const [a, b] = shards;
  const guildId = newGuild();
  await a.settings.update(guildId, { locale: 'cs' }, staff);
  await eventually('b sees it', async () => (await b.settings.get(guildId)).locale === 'cs');
  const frozen = freeze([await redisPid(a.redis)]);
  try {
    await eventually('silence is noticed', () => !a.cache.heard && !b.cache.heard);
    assert.equal((await b.settings.get(guildId)).locale, 'cs');
    await a.settings.update(guildId, { timeZone: 'Europe/Prague' }, staff);
    assert.equal((await b.settings.get(guildId)).timeZone, 'Europe/Prague');
  } finally {
    frozen.thaw();
  }
  await eventually('both hear again', () => a.cache.heard && b.cache.heard, 15_000);
  for (const { settings } of shards) {
    await eventually('both see it', async () => (await settings.get(guildId)).timeZone === 'Europe/Prague');
  }
});

test('a release that knows of no choice of English reads and writes beside this one', async () => {
  const { settings, db } = shards[0];
  const row = (guildId: string) =>
    db.query('look', (sql) => sql`select locale from guild_settings where guild_id = ${guildId}`);
  const before = (guildId: string, locale: string) =>
    db.query(
      'write',
      (sql) => sql`
        insert into guild_settings (guild_id, locale, time_zone, log_channel_id, accent_color, rules, version, updated_by)
        values (${guildId}, ${locale}, 'UTC', null, null, '{"commands": {}, "families": {}}', 1, ${staff})
        on conflict (guild_id) do update set locale = excluded.locale, version = guild_settings.version + 1`,
    );
  const guildId = newGuild();
  await before(guildId, 'en-US');
  assert.equal((await settings.get(guildId)).locale, null, 'its default is no choice');
  await settings.update(guildId, { locale: 'en-US' }, staff);
  assert.equal((await settings.get(guildId)).locale, 'en-US', 'a choice of English is one');
  await settings.update(guildId, { locale: null }, staff);
  assert.deepEqual([...(await row(guildId))], [{ locale: 'en-US' }], 'it never reads null');
  const german = newGuild();
  await before(german, 'de');
  assert.equal((await settings.get(german)).locale, 'de');
});
