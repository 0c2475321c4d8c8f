import { within } from '../lib/within.ts';
import { Connection } from './connection.ts';

/**
 * What the console of the PgBouncer at this address shows to a role of its `stats_users`. Rejects where there is no such console, or no
 * answer within `deadlineMs`. It is a database of its own, which speaks the simple protocol only (pgbouncer(1), "Admin console").
 */
export async function showPooler<Row extends object>(
  url: string,
  what: 'config' | 'pools',
  deadlineMs: number,
): Promise<readonly Row[]> {
  const consoleUrl = new URL(url);
  consoleUrl.pathname = '/pgbouncer';
  const connection = new Connection(consoleUrl.href);
  try {
    const shown = connection.sql.unsafe<Row[]>(`show ${what}`).simple();
    const late = () => new Error(`no answer of ${consoleUrl.host} within ${deadlineMs} ms`);
    return await within(shown, deadlineMs, late);
  } finally {
    connection.destroy();
  }
}
