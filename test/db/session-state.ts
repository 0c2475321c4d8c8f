import type { Db } from '../../src/db/db.ts';

/** What a client can leave on a server connection for the next one; all empty on a clean connection. */
export interface SessionState {
  readonly pid: number;
  readonly left: readonly string[];
}

/** PgBouncer itself keeps these per client and sets them anew (pgbouncer(5), "track_extra_parameters"). */
const kept = ['client_encoding', 'DateStyle', 'TimeZone', 'standard_conforming_strings', 'application_name'];

/** The state of `count` server connections: so many transactions that are open at the same time. */
export function sessionStates(db: Db, count: number): Promise<readonly SessionState[]> {
  const all = Promise.withResolvers<void>();
  let open = 0;
  return Promise.all(
    Array.from({ length: count }, () =>
      db.transaction(
        'session state',
        async (sql) => {
          const [state] = await sql<SessionState[]>`
          select pg_backend_pid() as pid, coalesce(json_agg(what), '[]') as left from (
            select 'prepared ' || name as what from pg_prepared_statements
            union all select 'listen ' || channel from pg_listening_channels() as channel
            union all select 'lock ' || objid from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
            union all select 'table ' || relname from pg_class where relnamespace = pg_my_temp_schema()
            union all select 'cursor ' || name from pg_cursors where is_holdable
            union all select 'set ' || name from pg_settings
              where source = 'session' and name <> all (string_to_array(${kept.join()}, ','))
            union all select 'role ' || current_user where current_user <> session_user
          ) as everything`;
          if (state === undefined) throw new Error('no row');
          open += 1;
          if (open === count) all.resolve();
          await all.promise;
          return state;
        },
        { deadlineMs: 5_000 },
      ),
    ),
  );
}
