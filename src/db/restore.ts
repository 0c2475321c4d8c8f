import { exitCodes } from '../lib/exit-codes.ts';
import { errorText } from '../lib/error-text.ts';
import { Failure } from '../lib/failure.ts';
import { serverAddress } from '../lib/server-address.ts';
import { verifyBackup } from './backup.ts';
import { startClientProgram, type ClientProgramOptions } from './client-program.ts';
import { Connection } from './connection.ts';

/**
 * Puts a backup into the empty database of `url`, all of it or nothing, and returns the number of its tables. They belong to the
 * user of `url`; what the app role may do is given anew by the migrations. Throws a `Failure`: 65 when the file is damaged or the
 * database not empty, 69 when PostgreSQL refuses.
 */
export async function restore(options: ClientProgramOptions & { readonly file: string }): Promise<number> {
  const { url, file } = options;
  await verifyBackup(file);
  const there = await tablesOf(url);
  if (there > 0) {
    const text = `the database at ${serverAddress(url, 5432)} has ${there} tables: a backup is restored into an empty one`;
    throw new Failure(`${text}; create it, and name it in POSTGRES_DIRECT_URL`, exitCodes.data);
  }
  const args = ['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges', '--no-comments'];
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  await startClientProgram('pg_restore', [...args, `--dbname=${database}`, file], options).ended;
  return tablesOf(url);
}

/** Tables, views and sequences that are nobody's extension. */
async function tablesOf(url: string): Promise<number> {
  const connection = new Connection(url);
  try {
    const [row] = await connection.sql<{ n: number }[]>`
      select count(*)::int as n from pg_class c
      where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
        and c.relnamespace not in (select oid from pg_namespace where nspname ~ '^pg_|^information_schema$')
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;
    return row?.n ?? 0;
  } catch (error) {
    const text = `POSTGRES_DIRECT_URL: no answer from ${serverAddress(url, 5432)}: ${errorText(error)}`;
    throw new Failure(
      `${text}; start PostgreSQL or correct the address, user or password`,
      exitCodes.unavailable,
    );
  } finally {
    await connection.end();
  }
}
