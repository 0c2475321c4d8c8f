import type { Connection, Sql } from './connection.ts';
import { DbError } from './errors.ts';

export type Isolation = 'repeatable read' | 'serializable';

/**
 * Commits what `run` did on this connection, which is the caller's alone, or rolls it back. Not `sql.begin` of postgres.js: when the
 * session ends inside, its rollback is written to a socket that is gone, and that error nobody can catch (porsager/postgres #1208).
 */
export async function inTransaction<T>(
  name: string,
  connection: Connection,
  run: (sql: Sql) => Promise<T>,
  isolation?: Isolation,
): Promise<T> {
  const { sql } = connection;
  await sql.unsafe(isolation === undefined ? 'begin' : `begin isolation level ${isolation}`);
  try {
    const result = await run(sql);
    const { command } = await sql`commit`;
    // PostgreSQL answers the commit of a transaction that has failed with ROLLBACK.
    if (command !== 'COMMIT')
      throw new DbError('refused', name, 'an error inside it was ignored, so all of it was undone');
    return result;
  } catch (error) {
    // Where the session ends meanwhile it has the same effect; one that is silent is cut at the deadline.
    if (!connection.lost) await sql`rollback`.catch(() => undefined);
    throw error;
  }
}
