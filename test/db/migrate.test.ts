import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connectDb, DbError, type Db } from '../../src/db/db.ts';
import { migrate, pendingMigrations, requireMigrated } from '../../src/db/migrate.ts';
import { Failure } from '../../src/lib/failure.ts';
import { testServers, type TestServers } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';

const shipped = fileURLToPath(new URL('../../migrations', import.meta.url));
const migrateProcess = fileURLToPath(new URL('./migrate-process.ts', import.meta.url));
const first = '0001_guild_settings.sql';
const shippedNames = readdirSync(shipped).toSorted();
const own = `${numberOf(shippedNames.length + 1)}_test_log.sql`;
const all = [...shippedNames, own];
/** Of the migration that would come next. */
const following = numberOf(all.length + 1);

let servers: TestServers;
let db: Db;
let folder: string;
let appRole: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shoal-migrations-'));
  cpSync(shipped, folder, { recursive: true });
  writeFileSync(
    join(folder, own),
    'create table test_log (id bigint generated always as identity, text text); create index on test_log (text);',
  );
  servers = await testServers();
  appRole = new URL(servers.postgresUrl).username;
  db = await connectDb({ url: servers.postgresUrl, poolMax: 2, log: silentLog });
});
after(async () => {
  // `before` may have failed half-way.
  await db?.close();
  await servers?.stop();
  rmSync(folder, { recursive: true });
});

function numberOf(position: number): string {
  return String(position).padStart(4, '0');
}

function refusal(code: number, ...texts: readonly RegExp[]): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof Failure, String(error));
    assert.equal(error.exitCode, code);
    for (const text of texts) assert.match(error.message, text);
    return true;
  };
}

function run(
  changes: { readonly plan?: boolean; readonly appRole?: string } = {},
): Promise<readonly string[]> {
  return migrate({ directUrl: servers.directUrl, folder, appRole, log: silentLog, ...changes });
}

function isPrivilegeError(error: unknown): boolean {
  return error instanceof DbError && error.sqlState === '42501';
}

test('an unmigrated database is told apart, and a plan changes nothing', async () => {
  assert.deepEqual(await run({ plan: true }), all);
  assert.deepEqual(await pendingMigrations(db, folder), all);
  await assert.rejects(
    requireMigrated(db, folder),
    refusal(65, new RegExp(`lacks ${all.length} migration`), /npm run migrate/),
  );
});

test('six processes that migrate an empty database at once all succeed, and each file is applied once', async () => {
  const outputs = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const args = [migrateProcess, folder, servers.directUrl, appRole];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      return JSON.parse(stdout) as readonly string[];
    }),
  );
  assert.deepEqual(outputs.flat().toSorted(), all);
  await requireMigrated(db, folder);
});

test('the app role has the rows, and nothing more', async () => {
  await db.query('insert', (sql) => sql`insert into test_log (text) values ('x')`);
  await assert.rejects(
    db.query('truncate', (sql) => sql`truncate test_log`),
    isPrivilegeError,
  );
  await assert.rejects(
    db.query('drop', (sql) => sql`drop table guild_settings`),
    isPrivilegeError,
  );
  await assert.rejects(
    db.query('forge', (sql) => sql`delete from shoal_migrations`),
    isPrivilegeError,
  );
  const owner = await connectDb({ url: servers.directUrl, poolMax: 1, log: silentLog });
  await owner.transaction('ungranted', async (sql) => {
    await sql`create table ungranted (n int)`;
  });
  await assert.rejects(
    db.query('read', (sql) => sql`select * from ungranted`),
    isPrivilegeError,
  );
  await owner.query('clean up', (sql) => sql`drop table ungranted`);
  await owner.close();
  await assert.rejects(run({ appRole: 'nobody_such' }), refusal(78, /POSTGRES_URL.*nobody_such/));
});

test('the app role is held to its limits by PostgreSQL, unless the operator has set others', async () => {
  const app = await connectDb({ url: servers.postgresUrl, poolMax: 1, log: silentLog });
  const limitsAtLogin = async (): Promise<unknown> => {
    const direct = new URL(servers.postgresUrl);
    direct.port = new URL(servers.directUrl).port;
    const fresh = await connectDb({ url: direct.href, poolMax: 1, log: silentLog });
    const rows = await fresh.query(
      'limits',
      (sql) => sql`select current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle`,
    );
    await fresh.close();
    return { ...rows[0] };
  };
  // The local servers set them already, as an operator may.
  await app.query('reset', (sql) => sql`alter role current_user reset all`);
  await app.close();
  assert.deepEqual(await limitsAtLogin(), { statement: '0', idle: '0' });
  await run();
  assert.deepEqual(await limitsAtLogin(), { statement: '5s', idle: '10s' });
  await db.query('own', (sql) => sql`alter role current_user in database shoal set statement_timeout = '7s'`);
  await run();
  assert.deepEqual(await limitsAtLogin(), { statement: '7s', idle: '10s' });
  await assert.rejects(
    run({ appRole: 'postgres' }),
    refusal(
      78,
      /postgres has no statement_timeout and no idle_\w+, and shoal_owner may not set it; .*run: grant/,
    ),
  );
});

test('a file that was applied may not change, vanish or be joined by an earlier one', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'shoal-migrations-'));
  const check = (): Promise<readonly string[]> => pendingMigrations(db, copy);
  try {
    cpSync(folder, copy, { recursive: true });
    writeFileSync(join(copy, first), '-- changed');
    await assert.rejects(check(), refusal(65, /0001_guild_settings\.sql differs/));
    rmSync(join(copy, first));
    await assert.rejects(check(), refusal(65, /0002_\w+\.sql stands where 0001_/));
    cpSync(join(folder, first), join(copy, first));
    writeFileSync(join(copy, '0002_twice.sql'), 'select 1;');
    await assert.rejects(check(), refusal(65, /0002_twice\.sql stands where 0003_/));
    rmSync(join(copy, '0002_twice.sql'));
    writeFileSync(join(copy, 'notes.sql'), 'select 1;');
    await assert.rejects(check(), refusal(65, new RegExp(`notes\\.sql stands where ${following}_`)));
  } finally {
    rmSync(copy, { recursive: true });
  }
});

test('an older release beside a newer one finds its database migrated', async () => {
  const older = mkdtempSync(join(tmpdir(), 'shoal-migrations-'));
  cpSync(join(shipped, first), join(older, first));
  assert.deepEqual(await pendingMigrations(db, older), []);
  rmSync(older, { recursive: true });
});

test('a migration that PostgreSQL refuses leaves nothing of itself', async () => {
  const broken = join(folder, `${following}_broken.sql`);
  writeFileSync(broken, 'create table half (n int); select no_such_function();');
  await assert.rejects(run(), refusal(65, /_broken\.sql was refused.*no_such_function/));
  const [half] = await db.query(
    'half',
    (sql) => sql<{ there: boolean }[]>`select to_regclass('half') is not null as there`,
  );
  assert.equal(half?.there, false);
  rmSync(broken);
  assert.deepEqual(await run(), []);
});

test('an unreachable server is one clear failure', async () => {
  const directUrl = 'postgres://owner:not-to-be-shown@127.0.0.1:1/shoal';
  await assert.rejects(
    migrate({ directUrl, folder, log: silentLog }),
    refusal(69, /^POSTGRES_DIRECT_URL: (?!.*not-to-be-shown).*127\.0\.0\.1:1.*ECONNREFUSED/),
  );
});
