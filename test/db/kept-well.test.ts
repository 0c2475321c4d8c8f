import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Connection, type Sql } from '../../src/db/connection.ts';
import { migrate } from '../../src/db/migrate.ts';
import { eventually } from '../helpers/eventually.ts';
import { Postgres15World, postgres15Environment, withoutPostgres15 } from '../helpers/postgres-15.ts';
import { root, runToEnd, type Ended } from '../helpers/processes.ts';
import { silentLog } from '../helpers/silent-log.ts';

describe('a database of PostgreSQL 15', { skip: withoutPostgres15 }, () => {
  let world: Postgres15World;
  let url: string;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shoal-backup-'));
    world = await Postgres15World.make();
    ({ url } = await world.startPrimary());
    await withSql(url, async (sql) => {
      await sql`create role shoal_owner login createrole password 'fake-owner'`;
      await sql`create role shoal_app login password 'fake-app'`;
      await sql`grant shoal_app to shoal_owner`;
      await sql`create database shoal owner shoal_owner`;
      await sql`create database empty owner shoal_owner`;
    });
    // Which only a superuser may create: a restore finds it there.
    for (const name of ['shoal', 'empty'])
      await withSql(databaseUrl(name, 'postgres'), (sql) => sql`create extension pg_stat_statements`);
    await migrateTo('shoal');
    await withSql(databaseUrl('shoal'), async (sql) => {
      await sql`insert into guild_settings (guild_id, locale, time_zone, version)
        select n, 'de', 'Europe/Berlin — é', n from generate_series(1, 20000) n`;
      await sql`create table notes (id int primary key, guild_id bigint references guild_settings, text text)`;
      await sql`create index notes_text on notes (text)`;
      await sql`insert into notes select n, n, repeat('x', 200) from generate_series(1, 20000) n`;
      for (let n = 0; n < 20; n += 1) await sql`select count(*) from notes where text <> 'secret-value'`;
      await sql`delete from notes where id % 4 > 0`;
      await sql`vacuum analyze notes`;
    });
  });
  after(async () => {
    await world?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  function databaseUrl(name: string, user = 'shoal_owner'): string {
    const parsed = new URL(url);
    parsed.pathname = name;
    if (user !== 'postgres') [parsed.username, parsed.password] = [user, user.replace('shoal_', 'fake-')];
    return parsed.href;
  }

  function migrateTo(name: string): Promise<readonly string[]> {
    const migrations = path.join(root, 'migrations');
    return migrate({
      directUrl: databaseUrl(name),
      folder: migrations,
      appRole: 'shoal_app',
      log: silentLog,
    });
  }

  function run(bin: string, args: readonly string[], database: string): Promise<Ended> {
    return runToEnd(bin, args, { ...postgres15Environment, POSTGRES_DIRECT_URL: databaseUrl(database) });
  }

  function contents(database: string): Promise<unknown> {
    return withSql(databaseUrl(database), async (sql) => ({
      settings: [
        ...(await sql`select md5(string_agg(s::text, '|' order by guild_id)) from guild_settings s`),
      ],
      notes: [...(await sql`select count(*), sum(id) from notes`)],
      applied: [...(await sql`select name, checksum from shoal_migrations`)],
      indexes: [...(await sql`select indexdef from pg_indexes where schemaname = 'public' order by 1`)],
    }));
  }

  test('comes back from a backup as it was, and the bot may use it again', async () => {
    const made = await run('backup', ['--out', folder], 'shoal');
    assert.equal(made.code, 0, made.stderr);
    const file = /wrote (\S+\.dump), \d+ KiB, sha256 [0-9a-f]{64}/.exec(made.stdout)?.[1] ?? '';
    assert.equal((await stat(file)).mode & 0o077, 0, 'others can read it');
    assert.deepEqual((await readdir(folder)).toSorted(), [
      path.basename(file),
      `${path.basename(file)}.sha256`,
    ]);

    const restored = await run('restore', ['--file', file], 'empty');
    assert.equal(restored.code, 0, restored.stderr);
    assert.match(restored.stdout, /restore: \d+ tables .* npm run migrate/);
    assert.deepEqual(await contents('empty'), await contents('shoal'));
    assert.deepEqual(await migrateTo('empty'), []);
    await withSql(databaseUrl('empty', 'shoal_app'), async (sql) => {
      await sql`update guild_settings set version = version + 1 where guild_id = 1`;
    });

    const again = await run('restore', ['--file', file], 'empty');
    assert.equal(again.code, 65);
    assert.match(
      again.stderr,
      /^restore: the database at \S+ has \d+ tables: a backup is restored into an empty one/,
    );
  });

  test('is not restored from a damaged backup, nor from one without its checksum', async () => {
    const name = (await readdir(folder)).find((entry) => entry.endsWith('.dump')) ?? '';
    const file = path.join(folder, name);
    const bytes = await readFile(file);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(file, bytes);
    const damaged = await run('restore', ['--file', file], 'postgres');
    assert.equal(damaged.code, 65);
    assert.match(
      damaged.stderr,
      /^restore: the backup \S+ is damaged: its sha256 is \w{64}, and was \w{64} .*use another backup$/m,
    );
    await rm(`${file}.sha256`);
    const bare = await run('restore', ['--file', file], 'postgres');
    assert.equal(bare.code, 65);
    assert.match(bare.stderr, /cannot be read: .*ENOENT.*\.sha256/);
  });

  test('leaves nothing of a backup that failed, and the password in no message', async () => {
    const into = path.join(folder, 'failed');
    const refused = await run('backup', ['--out', into], 'no_such_database');
    assert.equal(refused.code, 69);
    assert.match(refused.stderr, /^backup: pg_dump failed \(1\): .*"no_such_database" does not exist/);
    assert.deepEqual(await readdir(into), []);
    const environment = { POSTGRES_DIRECT_URL: databaseUrl('shoal'), PATH: folder };
    const missing = await runToEnd('backup', ['--out', into], environment);
    assert.equal(missing.code, 78);
    assert.match(missing.stderr, /^backup: pg_dump is not on PATH; install PostgreSQL's client programs/);
    assert.ok(!`${refused.stderr}${missing.stderr}`.includes('fake-owner'));
  });

  test('is looked over by db:check, which shows no value', async () => {
    // A session's own statistics arrive when it has ended.
    const stdout = await eventually('the statistics are complete', async () => {
      const ended = await run('db-check', [], 'shoal');
      assert.equal(ended.code, 0, ended.stderr);
      return /^notes +\d+ +\d{5} +\d$/m.test(ended.stdout) && ended.stdout;
    });
    const section = (title: string): string =>
      stdout.split('\n\n').find((part) => part.startsWith(title)) ?? assert.fail(`no ${title} in ${stdout}`);
    assert.match(section('largest tables'), /notes +\d+ \w+ +\d+ \w+ +5000 +\d+ +20/);
    assert.match(section('bloated tables'), /notes +\d+ \w+ +7\d %/);
    assert.match(section('unused indexes'), /notes_text +notes/);
    assert.match(section('foreign keys without an index'), /notes_guild_id_fkey/);
    assert.match(section('tables that are read'), /notes +\d+ +\d{5} +\d/);
    assert.match(section('slowest statements'), /select count\(\*\) from notes where text <> \$1/);
    assert.match(section('connections'), /shoal_owner +shoal +active +1 +50/);
    assert.doesNotMatch(stdout, /secret-value|fake-owner/);
    const bare = await run('db-check', [], 'postgres');
    assert.match(
      bare.stdout,
      /slowest statements \(by time in all\): not known; for them add pg_stat_statements/,
    );
  });
});

async function withSql<T>(url: string, run: (sql: Sql) => PromiseLike<T>): Promise<T> {
  const connection = new Connection(url);
  try {
    return await run(connection.sql);
  } finally {
    await connection.end();
  }
}
