import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import postgres from 'postgres';
import { connectDb, type Db } from '../../src/db/db.ts';
import { features, personalTablesOf } from '../../src/features/features.ts';
import { createPrivacy } from '../../src/privacy/privacy.ts';
import { root } from '../helpers/processes.ts';
import { migratedServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { fillCommunity } from './fill-community.ts';

const personalTables = personalTablesOf(features);
const [person, other] = ['4000000000000000001', '4000000000000000002'];

/** Columns whose name sounds like an id or a person, and that hold no person's id. */
const nobodys = new Set([
  'guild_settings.guild_id',
  'guild_settings.log_channel_id',
  'command_usage.interaction_id',
  'command_usage.guild_id',
  'command_usage.shard_id',
  'jobs.id',
  'guild_activity.guild_id',
  // Of a message, not of who wrote it; for two days.
  'counted_messages.message_id',
  'reminders.id',
  'reminders.guild_id',
  'reminders.channel_id',
  'reminders.job_id',
  'polls.id',
  'polls.guild_id',
  'polls.channel_id',
  'polls.message_id',
  'poll_votes.poll_id',
  'giveaways.id',
  'giveaways.guild_id',
  'giveaways.channel_id',
  'giveaways.message_id',
  'giveaways.role_id',
  'giveaway_entries.giveaway_id',
  'giveaway_draws.giveaway_id',
  'giveaway_winners.giveaway_id',
]);

let servers: TestServers;
let owner: postgres.Sql;
let db: Db;

before(async () => {
  servers = await migratedServers();
  const { postgresUrl, directUrl } = servers;
  owner = postgres(directUrl, { max: 1 });
  db = await connectDb({ url: postgresUrl, poolMax: 2, log: silentLog });
});
after(async () => {
  await db?.close();
  await owner?.end();
  await servers?.stop();
});

/** Every column of every table that a migration has made. */
async function columns(): Promise<string[]> {
  const rows = await owner<{ name: string }[]>`
    select format('%s.%s', table_name, column_name) as name from information_schema.columns
    where table_schema = 'public' and table_name <> 'shoal_migrations'
      and not exists (select 1 from pg_inherits where inhrelid = format('%I', table_name)::regclass)`;
  return rows.map(({ name }) => name);
}

test('each column that may hold a person’s id is one of a personal table, or known to hold none', async () => {
  const all = await columns();
  const known = personalTables.flatMap(({ table, columns: own }) =>
    own.map((column) => `${table}.${column}`),
  );
  assert.deepEqual(
    known.filter((name) => !all.includes(name)),
    [],
    'personal columns that do not exist',
  );
  assert.deepEqual(
    [...nobodys].filter((name) => !all.includes(name)),
    [],
    'columns that do not exist',
  );
  const suspicious = all.filter((name) =>
    /id$|ids$|_by$|user|member|person|author/.test(name.split('.')[1] ?? ''),
  );
  assert.ok(suspicious.length > 0);
  assert.deepEqual(
    suspicious.filter((name) => !known.includes(name) && !nobodys.has(name)),
    [],
  );
});

test('docs/privacy.md says of each table what it holds of a person', () => {
  const text = readFileSync(path.join(root, 'docs/privacy.md'), 'utf8');
  for (const { table, holds } of personalTables)
    assert.ok(text.includes(`| \`${table}\` | ${holds.en} |`), table);
});

test('a person gets and removes what is theirs, and nothing that is others’', async () => {
  await db.query(
    'fill',
    (sql) => sql`
    insert into guild_settings (guild_id, locale, time_zone, version, updated_by)
    values (1, 'ko', 'UTC', 1, ${person}), (2, 'de', 'UTC', 1, ${other}), (3, 'fr', 'UTC', 1, ${person})`,
  );
  await db.query(
    'fill',
    (sql) => sql`
      insert into jobs (kind, payload)
      values ('a', ${JSON.stringify({ userId: person })}::text::jsonb), ('b', ${JSON.stringify({ userId: other })}::text::jsonb)`,
  );
  for (const userId of [person, other])
    await db.query(
      'fill',
      (sql) => sql`
        with zone as (insert into member_time_zones (user_id, time_zone) values (${userId}, 'UTC'))
        insert into reminders (user_id, about, locale, time_zone, first_at, due_at)
        values (${userId}, 'tea', 'en', 'UTC', now(), now())`,
    );
  for (const [id, who] of [person, other].entries()) await fillCommunity(db, String(id + 1), who);
  const privacy = createPrivacy(db, personalTables);
  const [settings] = await privacy.read(person);
  assert.equal(settings?.table, 'guild_settings');
  assert.deepEqual(
    settings.rows.map((row) => Reflect.get(row, 'guild_id')),
    ['1', '3'],
  );
  const of = async (table: string) =>
    (await privacy.read(person)).find((each) => each.table === table)?.rows[0];
  assert.equal(Reflect.get((await of('polls')) ?? {}, 'creator_locale'), 'de');
  assert.equal(Reflect.get((await of('giveaways')) ?? {}, 'host_locale'), 'de');
  assert.equal(await privacy.erase(person), 10);
  assert.ok((await privacy.read(person)).every(({ rows }) => rows.length === 0));
  assert.ok((await privacy.read(other)).every(({ rows }) => rows.length === 1));
  const kept = await owner`select locale from guild_settings order by guild_id`;
  assert.deepEqual(
    kept.map(({ locale }) => String(locale)),
    ['ko', 'de', 'fr'],
  );
});

test('what is left of a person after that is found in no table', async () => {
  const tables = new Set((await columns()).map((name) => name.split('.')[0] ?? ''));
  for (const table of tables) {
    const rows = await owner`select 1 from ${owner(table)} as t where t::text like ${`%${person}%`}`;
    assert.equal(rows.length, 0, table);
  }
});
