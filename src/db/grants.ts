import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { Sql } from './connection.ts';
import { limitApp } from './role-limits.ts';

/**
 * Gives the app role exactly the rows: no truncate, no references, no DDL, and the record of migrations only to read;
 * and the limits that PostgreSQL holds it to.
 * All in the caller's transaction, so that a running app is never without its rights between taking and giving.
 */
export async function grantApp(tx: Sql, appRole: string): Promise<void> {
  const [role] = await tx<{ owner: boolean }[]>`
    select rolname = current_user as owner from pg_roles where rolname = ${appRole}`;
  if (role === undefined) {
    const text = `POSTGRES_URL: PostgreSQL knows no role ${appRole}`;
    throw new Failure(
      `${text}; create it (create role … login password …) or correct the user`,
      exitCodes.config,
    );
  }
  if (role.owner) return;
  const app = tx(appRole);
  await tx`grant usage on schema public to ${app}`;
  await tx`revoke all on all tables in schema public from ${app}`;
  await tx`grant select, insert, update, delete on all tables in schema public to ${app}`;
  await tx`grant usage, select on all sequences in schema public to ${app}`;
  await tx`revoke insert, update, delete on shoal_migrations from ${app}`;
  await limitApp(tx, appRole);
}
