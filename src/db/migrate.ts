import postgres from 'postgres';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { serverAddress } from '../lib/server-address.ts';
import type { Logger } from '../telemetry/log.ts';
import { Connection, type Sql } from './connection.ts';
import type { Db } from './db.ts';
import { grantApp } from './grants.ts';
import { missingFrom, readMigrations, type AppliedMigration, type MigrationFile } from './migration-files.ts';
import { inTransaction } from './transaction.ts';

export interface MigrateOptions {
  /** `POSTGRES_DIRECT_URL`: PostgreSQL itself, as the owner of the tables; through PgBouncer the lock would protect nothing. */
  readonly directUrl: string;
  readonly folder: string;
  /** The user of `POSTGRES_URL`; gets what it needs when it is not the owner itself. */
  readonly appRole?: string;
  readonly log: Logger;
  /** Changes nothing; only the returned names matter. */
  readonly plan?: boolean;
}

/** Any number, the same for every release: whoever holds this lock migrates, the others wait and find nothing to do. */
const lockKey = 5_406_025;

/**
 * Brings the schema up to this release, each file in a transaction of its own, and returns the names of the files it applied
 * (with `plan`: would apply). Any number of processes may call it at once.
 * Throws a `Failure`: 65 when files and database contradict each other or PostgreSQL refuses a file, 69 without a connection or the lock.
 */
export async function migrate(options: MigrateOptions): Promise<readonly string[]> {
  const { directUrl, folder, appRole, log, plan = false } = options;
  const files = await readMigrations(folder);
  const connection = new Connection(directUrl);
  try {
    if (plan) return missingFrom(await readApplied(connection.sql), files).map(({ name }) => name);
    const names: string[] = [];
    for (;;) {
      const applied = await applyNext(connection, files, appRole);
      if (applied === undefined) return names;
      log.info({ migration: applied.name }, 'migration applied');
      names.push(applied.name);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    if (error instanceof postgres.PostgresError && error.code === '42501')
      throw notTheOwner(directUrl, error);
    const text = `POSTGRES_DIRECT_URL: migrating at ${serverAddress(directUrl, 5432)} failed: ${errorText(error)}`;
    throw new Failure(
      `${text}; start PostgreSQL or correct the address, user or password`,
      exitCodes.unavailable,
    );
  } finally {
    await connection.end();
  }
}

/** The names of the migrations that the database behind `db` lacks: a process that finds any must not serve. Throws as `migrate` does. */
export async function pendingMigrations(db: Db, folder: string): Promise<readonly string[]> {
  const files = await readMigrations(folder);
  const applied = await db.query('migrations.applied', (sql) => readApplied(sql));
  return missingFrom(applied, files).map(({ name }) => name);
}

/** Throws a `Failure` (exit 65) that says what to run unless every migration of this release is applied. */
export async function requireMigrated(db: Db, folder: string): Promise<void> {
  const pending = await pendingMigrations(db, folder);
  if (pending.length === 0) return;
  const text = `the database lacks ${pending.length} migration(s), first ${pending[0]}`;
  throw new Failure(`${text}; run npm run migrate`, exitCodes.data);
}

/**
 * One step in one transaction: the lock, what is still missing, the next file. Nothing outlives it, neither the lock of a process
 * that dies nor the settings of a session. Without a file left it grants the app role what it needs, and returns `undefined`.
 */
function applyNext(
  connection: Connection,
  files: readonly MigrationFile[],
  appRole: string | undefined,
): Promise<MigrationFile | undefined> {
  return inTransaction('migrate', connection, async (tx) => {
    await takeLock(tx);
    await createRecord(tx);
    const [next] = missingFrom(await readApplied(tx), files);
    if (next !== undefined) await apply(tx, next);
    else if (appRole !== undefined) await grantApp(tx, appRole);
    return next;
  });
}

async function takeLock(tx: Sql): Promise<void> {
  // Others may be at long migrations; but a holder that hangs must become an error at last.
  await tx`set local lock_timeout = '120s'`;
  try {
    await tx`select pg_advisory_xact_lock(${lockKey})`;
  } catch (error) {
    if (!(error instanceof postgres.PostgresError && error.code === '55P03')) throw error;
    const text = 'another process has been migrating this database for more than 120 s';
    throw new Failure(`${text}; see pg_locks for its pid, wait for it or end it`, exitCodes.unavailable);
  }
  // A statement that waits for a table lock makes every later query on that table wait behind it: give up early instead.
  await tx`set local lock_timeout = '5s'`;
}

function notTheOwner(directUrl: string, error: Error): Failure {
  const text = `POSTGRES_DIRECT_URL: the user of ${serverAddress(directUrl, 5432)} may not change the schema (${error.message})`;
  return new Failure(
    `${text}; log in as its owner, to PostgreSQL itself and not to PgBouncer`,
    exitCodes.config,
  );
}

async function createRecord(tx: Sql): Promise<void> {
  await tx`
    create table if not exists shoal_migrations (
      number integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`;
}

async function readApplied(sql: Sql): Promise<readonly AppliedMigration[]> {
  const [table] = await sql<
    { exists: boolean }[]
  >`select to_regclass('shoal_migrations') is not null as exists`;
  if (table?.exists !== true) return [];
  return sql<AppliedMigration[]>`select number, name, checksum from shoal_migrations order by number`;
}

async function apply(tx: Sql, { number, name, sql, checksum }: MigrationFile): Promise<void> {
  try {
    await tx.unsafe(sql);
    await tx`insert into shoal_migrations (number, name, checksum) values (${number}, ${name}, ${checksum})`;
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error;
    const reason = `${error.message} (${error.code})`;
    const advice =
      error.code === '55P03'
        ? 'a running query holds the table: try again when it is done'
        : 'nothing of it was applied: correct the file and run npm run migrate again';
    throw new Failure(`migration ${name} was refused: ${reason}; ${advice}`, exitCodes.data);
  }
}
