import postgres from 'postgres';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { Sql } from './connection.ts';

/**
 * What PostgreSQL itself ends when nobody waits for it any more: a query whose caller gave up (after 1.5 s, or what its
 * deadline was), and a transaction whose process was stopped or cut off, which would keep its locks.
 */
const limits = { statement_timeout: '5s', idle_in_transaction_session_timeout: '10s' } as const;

/**
 * Sets those limits on the app role in this database, where they bind every later login; through a pooler nothing else does
 * (a `SET` leaks, a startup parameter is refused). What an operator has set already stays.
 * Throws a `Failure` (exit 78) when the owner may not act for the app role.
 */
export async function limitApp(tx: Sql, appRole: string): Promise<void> {
  const set = await settingsOf(tx, appRole);
  const missing = Object.entries(limits).filter(([name]) => !set.includes(name));
  if (missing.length === 0) return;
  const [place] = await tx<{ database: string; owner: string }[]>`
    select current_database() as database, current_user as owner`;
  if (place === undefined) return;
  try {
    // A role may change its own settings, an owner without CREATEROLE no other's.
    await tx`set local role ${tx(appRole)}`;
    for (const [name, value] of missing)
      await tx`alter role ${tx(appRole)} in database ${tx(place.database)} set ${tx(name)} = ${tx.unsafe(`'${value}'`)}`;
    await tx`reset role`;
  } catch (error) {
    if (!(error instanceof postgres.PostgresError && error.code === '42501')) throw error;
    throw notAMember(appRole, place.owner, missing.map(([name]) => name).join(' and no '));
  }
}

/** The names that have a value for the role, in this database or in all. */
async function settingsOf(tx: Sql, role: string): Promise<readonly string[]> {
  const rows = await tx<{ name: string }[]>`
    select split_part(setting, '=', 1) as name
    from pg_db_role_setting s cross join unnest(s.setconfig) as setting
    where s.setrole = (select oid from pg_roles where rolname = ${role})
      and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))`;
  return rows.map(({ name }) => name);
}

function notAMember(appRole: string, owner: string, missing: string): Failure {
  const text = `POSTGRES_URL: the role ${appRole} has no ${missing}, and ${owner} may not set it`;
  return new Failure(`${text}; as a superuser run: grant ${appRole} to ${owner}`, exitCodes.config);
}
