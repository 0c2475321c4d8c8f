import type { Sql } from './connection.ts';

type Row = Readonly<Record<string, string | null>>;

export interface Check {
  readonly title: string;
  /** Why it cannot be looked at here, where it cannot. */
  readonly missing?: (sql: Sql) => Promise<string | undefined>;
  /** What a person should look at, the worst first; the names of the columns are the heading. */
  readonly rows: (sql: Sql) => PromiseLike<readonly Row[]>;
}

export const checks: readonly Check[] = [
  {
    title: 'largest tables',
    rows: (sql) => sql<Row[]>`
      select relid::regclass::text as table, pg_size_pretty(pg_total_relation_size(relid)) as total,
        pg_size_pretty(pg_indexes_size(relid)) as indexes,
        (select greatest(reltuples, 0)::bigint::text from pg_class where oid = relid) as rows, n_dead_tup::text as dead,
        coalesce(to_char(greatest(last_vacuum, last_autovacuum), 'YYYY-MM-DD HH24:MI'), 'never') as vacuumed
      from pg_stat_user_tables order by pg_total_relation_size(relid) desc limit 20`,
  },
  {
    // A row takes its columns, 24 bytes of header and a pointer of 4; a page holds 8,168 bytes of them (PostgreSQL
    // documentation, "Database Page Layout"). From the last ANALYZE, hence an estimate; below 1 MB not worth one.
    title: 'bloated tables (more than 40 % empty, estimated)',
    rows: (sql) => sql<Row[]>`
      select relation::regclass::text as table, pg_size_pretty(pg_relation_size(relation)) as size,
        round(empty * 100)::int::text || ' %' as empty
      from (
        select c.oid as relation, 1 - c.reltuples * (28 + sum((1 - s.null_frac) * s.avg_width)) / (c.relpages * 8168.0) as empty
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
          join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname
        where c.relkind = 'r' and c.relpages >= 128 and c.reltuples >= 0 and n.nspname !~ '^pg_|^information_schema$'
        group by c.oid, c.reltuples, c.relpages
      ) as estimates where empty > 0.4 order by empty * pg_relation_size(relation) desc limit 20`,
  },
  {
    title: 'unused indexes (never scanned, and no constraint)',
    rows: (sql) => sql<Row[]>`
      select i.indexrelid::regclass::text as index, i.indrelid::regclass::text as table,
        pg_size_pretty(pg_relation_size(i.indexrelid)) as size
      from pg_stat_user_indexes u join pg_index i on i.indexrelid = u.indexrelid
      where u.idx_scan = 0 and not i.indisunique
      order by pg_relation_size(i.indexrelid) desc limit 20`,
  },
  {
    // Each row deleted from the other table is looked for here.
    title: 'foreign keys without an index',
    rows: (sql) => sql<Row[]>`
      select k.conrelid::regclass::text as table, k.conname::text as constraint, pg_get_constraintdef(k.oid) as definition
      from pg_constraint k
      where k.contype = 'f' and not exists (
        select from pg_index i where i.indrelid = k.conrelid
          and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
      order by 1, 2`,
  },
  {
    title:
      'tables that are read from end to end (more often than by an index, 10,000 rows and more each time)',
    rows: (sql) => sql<Row[]>`
      select relid::regclass::text as table, seq_scan::text as scans, (seq_tup_read / seq_scan)::text as rows_each,
        coalesce(idx_scan, 0)::text as by_index
      from pg_stat_user_tables
      where seq_scan > coalesce(idx_scan, 0) and seq_tup_read / nullif(seq_scan, 0) >= 10000
      order by seq_tup_read desc limit 20`,
  },
  {
    // Its text has no values ($1) for these statements alone; a CREATE ROLE would be shown with its password.
    title: 'slowest statements (by time in all)',
    missing: statementsMissing,
    rows: (sql) => sql<Row[]>`
      select calls::text, round(total_exec_time)::text as total_ms, round(mean_exec_time::numeric, 2)::text as mean_ms,
        left(regexp_replace(query, '\\s+', ' ', 'g'), 100) as statement
      from pg_stat_statements
      where dbid = (select oid from pg_database where datname = current_database())
        and query ~* '^\\s*(select|insert|update|delete|with|merge)\\M'
      order by total_exec_time desc limit 10`,
  },
  {
    title: 'connections',
    rows: (sql) => sql<Row[]>`
      select coalesce(usename::text, backend_type) as role, coalesce(nullif(application_name, ''), '-') as application,
        coalesce(state, '-') as state, count(*)::text as connections, current_setting('max_connections') as of_at_most
      from pg_stat_activity where backend_type in ('client backend', 'walsender')
      group by 1, 2, 3 order by count(*) desc limit 20`,
  },
];

async function statementsMissing(sql: Sql): Promise<string | undefined> {
  const [row] = await sql<{ extension: boolean; loaded: boolean }[]>`
    select exists (select from pg_extension where extname = 'pg_stat_statements') as extension,
      exists (select from pg_settings where name = 'pg_stat_statements.max') as loaded`;
  if (row?.extension === true && row.loaded) return undefined;
  return 'not known; for them add pg_stat_statements to shared_preload_libraries, restart PostgreSQL and create the extension here';
}
