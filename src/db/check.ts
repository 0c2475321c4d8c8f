import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { serverAddress } from '../lib/server-address.ts';
import { tableLines } from '../lib/table-lines.ts';
import { checks, type Check } from './checks.ts';
import { Connection, type Sql } from './connection.ts';

/**
 * How the database behind `POSTGRES_DIRECT_URL` is, as text for a person: what it looks at is `checks`. It reads statistics alone
 * and changes nothing. Throws a `Failure` (exit 69) without a connection.
 */
export async function checkDatabase(url: string): Promise<string> {
  const connection = new Connection(url);
  try {
    const [place] = await connection.sql<{ name: string; version: string; since: string }[]>`
      select current_database() as name, current_setting('server_version') as version,
        coalesce((select to_char(stats_reset, 'YYYY-MM-DD HH24:MI')
          from pg_stat_database where datname = current_database()), 'the server was made') as since`;
    const heading = `database ${place?.name}, PostgreSQL ${place?.version}; statistics since ${place?.since}`;
    const sections: string[] = [];
    for (const check of checks) sections.push(await section(connection.sql, check));
    return [heading, ...sections].join('\n\n');
  } catch (error) {
    const text = `POSTGRES_DIRECT_URL: the database at ${serverAddress(url, 5432)} cannot be looked at: ${errorText(error)}`;
    throw new Failure(
      `${text}; start PostgreSQL or correct the address, user or password`,
      exitCodes.unavailable,
    );
  } finally {
    await connection.end();
  }
}

async function section(sql: Sql, { title, missing, rows }: Check): Promise<string> {
  const absent = await missing?.(sql);
  if (absent !== undefined) return `${title}: ${absent}`;
  const found = await rows(sql);
  const [first] = found;
  if (first === undefined) return `${title}: none`;
  const cells = found.map((row) => Object.values(row).map((value) => value ?? '-'));
  return [`${title}:`, ...tableLines([Object.keys(first), ...cells])].join('\n');
}
