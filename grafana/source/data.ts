import { perSecond, quantile, quantiles, query, type Dashboard } from './panel.ts';

export const data: Dashboard = {
  uid: 'shoal-data',
  title: 'Shoal: data tier',
  description: 'PostgreSQL and PgBouncer, the caches, both Redis, and what waits to be written',
  rows: [
    {
      title: 'PostgreSQL',
      panels: [
        {
          title: 'Data not available',
          description:
            'Share of database calls that no server answered, of the shards (manager) and of jobs. The goal: under 0.05 %.',
          unit: 'percentunit',
          limits: { warn: 0.0005, bad: 0.0072 },
          queries: ['5m', '1h', '6h', '3d'].map((window) =>
            query(`shoal:data_failed:ratio_rate${window}`, `{{job}} ${window}`),
          ),
          alerts: ['DataUnavailable', 'PostgresDown', 'PgbouncerDown'],
        },
        {
          title: 'Calls and those without an answer',
          description:
            'What the goal counts, of the shards (manager) and of jobs each: calls, and those of them that no server answered.',
          unit: 'ops',
          queries: [
            query(perSecond('shoal_db_calls_total', 'job'), '{{job}}: calls'),
            query(perSecond('shoal_db_calls_unanswered_total', 'job'), '{{job}}: unanswered'),
          ],
          alerts: ['DataUnavailable'],
        },
        {
          title: 'Calls by outcome',
          description:
            'Overloaded: too many waited, and it was refused at once. Conflict and the like are answers of the server.',
          unit: 'ops',
          stacked: true,
          queries: [query(perSecond('shoal_db_query_seconds_count', 'outcome'), '{{outcome}}')],
          alerts: ['DataUnavailable'],
        },
        {
          title: 'Slowest queries',
          description:
            'What one call in a hundred takes, the wait for a connection included: the ten slowest queries.',
          unit: 's',
          limits: { warn: 0.25, bad: 1.5 },
          queries: [query(`topk(10, ${quantile(0.99, 'shoal_db_query_seconds', 'query')})`, '{{query}}')],
          alerts: ['QueriesWaiting'],
        },
        {
          title: 'Queries that wait inside a process',
          description: 'For one of its own connections.',
          unit: 'short',
          limits: { warn: 20 },
          queries: [
            query('max by (process, shard, pool) (shoal_db_waiting)', '{{process}}{{shard}} {{pool}}'),
          ],
          alerts: ['QueriesWaiting'],
        },
        {
          title: 'Connections of the processes',
          description: 'To PgBouncer, over all processes.',
          unit: 'short',
          stacked: true,
          queries: [query('sum by (pool, state) (shoal_db_connections)', '{{pool}} {{state}}')],
        },
        {
          title: 'Clients that wait for PgBouncer',
          description: 'For a connection to PostgreSQL.',
          unit: 'short',
          limits: { warn: 10 },
          queries: [query('sum by (database) (pgbouncer_pools_client_waiting_connections)', '{{database}}')],
          alerts: ['PgbouncerClientsWaiting', 'PgbouncerDown'],
        },
        {
          title: 'Longest wait for PgBouncer',
          description: 'How long the first of the clients that wait has waited.',
          unit: 's',
          queries: [query('max by (database) (pgbouncer_pools_client_maxwait_seconds)', '{{database}}')],
        },
        {
          title: 'Connections of PgBouncer',
          description: 'To PostgreSQL: in use by a client, and free.',
          unit: 'short',
          stacked: true,
          queries: [
            query('sum by (database) (pgbouncer_pools_server_active_connections)', '{{database}} in use'),
            query('sum by (database) (pgbouncer_pools_server_idle_connections)', '{{database}} free'),
          ],
        },
        {
          title: 'Connections taken',
          description: 'Share of what PostgreSQL allows.',
          unit: 'percentunit',
          limits: { warn: 0.8 },
          queries: [
            query(
              'sum by (server) (pg_stat_activity_count) / on (server) pg_settings_max_connections',
              '{{server}}',
            ),
          ],
          alerts: ['PostgresConnectionsHigh'],
        },
        {
          title: 'Transactions',
          description: 'As PostgreSQL counts them.',
          unit: 'ops',
          queries: [
            query(
              'sum by (datname) (rate(pg_stat_database_xact_commit[$__rate_interval])) > 0',
              '{{datname}} committed',
            ),
            query(
              'sum by (datname) (rate(pg_stat_database_xact_rollback[$__rate_interval])) > 0',
              '{{datname}} undone',
            ),
          ],
        },
        {
          title: 'Transactions tried again',
          description:
            'PostgreSQL undid them because of others (deadlock, serialization); each is a whole round more.',
          unit: 'ops',
          queries: [query(perSecond('shoal_db_retries_total', 'query'), '{{query}}')],
        },
        {
          title: 'Replica: lag',
          description:
            'The age of what it is known to have; it grows while the replica does not answer. Beyond 5 s it is not read.',
          unit: 's',
          limits: { warn: 5 },
          queries: [query('max(shoal_db_replica_lag_seconds)', 'lag')],
          alerts: ['ReplicaLagging'],
        },
        {
          title: 'Replica: reads',
          description: 'Where reads that tolerate lag went, and why not to the replica.',
          unit: 'ops',
          queries: [query(perSecond('shoal_db_reads_total', 'source'), '{{source}}')],
          alerts: ['ReplicaLagging'],
        },
      ],
    },
    {
      title: 'Caches',
      panels: [
        {
          title: 'Answered without the database',
          description: 'Share of look-ups of settings.',
          unit: 'percentunit',
          limits: { warn: 0.8, low: true },
          queries: [
            query(
              `1 - sum by (namespace) (rate(shoal_cache_requests_total{namespace="settings", tier="load"}[$__rate_interval]))
/ sum by (namespace) (rate(shoal_cache_requests_total{namespace="settings", tier="l1"}[$__rate_interval]))`,
              '{{namespace}}',
            ),
          ],
          alerts: ['CacheHitRateLow'],
        },
        {
          title: 'By tier and result',
          description:
            'L1 is the process, L2 Redis, load what stands behind both. Stale: served past its time.',
          unit: 'ops',
          queries: [query(perSecond('shoal_cache_requests_total', 'tier, result'), '{{tier}} {{result}}')],
          alerts: ['CacheHitRateLow'],
        },
        {
          title: 'Until a change is heard',
          description:
            'From a process announcing that it changed something until another one has dropped what it knew. Between hosts their clocks are part of it.',
          unit: 's',
          limits: { warn: 1 },
          queries: quantiles('shoal_cache_invalidation_lag_seconds'),
          alerts: ['InvalidationLag'],
        },
      ],
    },
    {
      title: 'Redis',
      panels: [
        {
          title: 'Servers',
          description: 'Whether each answers its exporter.',
          unit: 'short',
          kind: 'timeline',
          states: ['Answers', 'Away', 'Away'],
          queries: [query('sum by (role) (redis_up == bool 0)', '{{role}}')],
          alerts: ['RedisDown'],
        },
        {
          title: 'Memory of the state Redis',
          description: 'Share of what it may use. Full, it refuses writes.',
          unit: 'percentunit',
          limits: { warn: 0.8 },
          queries: [
            query(
              'max(redis_memory_used_bytes{role="state"} / (redis_memory_max_bytes{role="state"} > 0))',
              'used',
            ),
          ],
          alerts: ['RedisMemoryHigh'],
        },
        {
          title: 'Keys dropped for want of memory',
          description:
            'In a quarter of an hour. The cache may; in the state Redis each is a session, a lease or a limit lost.',
          unit: 'short',
          queries: [query('sum by (role) (increase(redis_evicted_keys_total[15m]))', '{{role}}')],
          alerts: ['RedisEvictingState'],
        },
        {
          title: 'Latency of Redis',
          description: 'What one command in a hundred takes, as the bot’s processes see it.',
          unit: 's',
          limits: { warn: 0.1, bad: 0.5 },
          queries: [query(quantile(0.99, 'shoal_redis_command_seconds', 'role'), '{{role}}')],
          alerts: ['BreakerOpen'],
        },
        {
          title: 'Redis commands that failed',
          description: 'Refused, late, or without a connection.',
          unit: 'ops',
          queries: [
            query(perSecond('shoal_redis_command_seconds_count{outcome="error"}', 'role'), '{{role}}'),
          ],
          alerts: ['RedisDown', 'BreakerOpen'],
        },
        {
          title: 'Connections to Redis',
          description: 'Ready ones of all processes.',
          unit: 'short',
          stacked: true,
          queries: [query('sum by (role) (shoal_redis_connections)', '{{role}}')],
          alerts: ['RedisDown'],
        },
        {
          title: 'Tries to connect to Redis again',
          description: 'After a connection was lost. It goes on while a server is away.',
          unit: 'ops',
          queries: [query(perSecond('shoal_redis_reconnects_total', 'role'), '{{role}}')],
          alerts: ['RedisDown'],
        },
        {
          title: 'Commands',
          description: 'As each Redis counts them.',
          unit: 'ops',
          queries: [
            query('sum by (role) (rate(redis_commands_processed_total[$__rate_interval]))', '{{role}}'),
          ],
        },
      ],
    },
    {
      title: 'Write queue',
      panels: [
        {
          title: 'Oldest fact that waits',
          description:
            'Facts are on disk when they are taken; they wait only while PostgreSQL does not take them.',
          unit: 's',
          limits: { warn: 10, bad: 60 },
          queries: [query('max by (kind) (shoal_write_queue_oldest_seconds)', '{{kind}}')],
          alerts: ['WriteQueueOld'],
        },
        {
          title: 'Facts that wait',
          description: 'Over all processes.',
          unit: 'short',
          queries: [query('sum by (kind) (shoal_write_queue_depth)', '{{kind}}')],
          alerts: ['WriteQueueOld'],
        },
        {
          title: 'Written',
          description: 'Known: a replay of what PostgreSQL had already.',
          unit: 'ops',
          stacked: true,
          queries: [
            query(perSecond('shoal_write_queue_written_total', 'kind, result'), '{{kind}}: {{result}}'),
          ],
        },
        {
          title: 'Lost or put aside',
          description:
            'In ten minutes. Put aside: PostgreSQL refused the fact; `npm run admin -- queue replay` tries again.',
          unit: 'short',
          limits: { bad: 1 },
          queries: [
            query(
              'sum by (kind, reason) (increase(shoal_write_queue_shed_total[10m]))',
              'lost: {{kind}} ({{reason}})',
            ),
            query(
              'sum by (kind) (increase(shoal_write_queue_dead_letters_total[10m]))',
              'put aside: {{kind}}',
            ),
          ],
          alerts: ['FactsRefused', 'FactsDead'],
        },
        {
          title: 'Facts in a statement',
          description: 'The mean: the more wait, the more go together.',
          unit: 'short',
          queries: [
            query(
              `sum by (kind) (rate(shoal_write_queue_batch_size_sum[$__rate_interval]))
/ sum by (kind) (rate(shoal_write_queue_batch_size_count[$__rate_interval]))`,
              '{{kind}}',
            ),
          ],
        },
        {
          title: 'Fsync of the queue’s log',
          description: 'What one in a hundred takes. A slow disk makes members wait.',
          unit: 's',
          limits: { warn: 0.05 },
          queries: [query(quantile(0.99, 'shoal_write_queue_fsync_seconds'), '99 %')],
        },
      ],
    },
  ],
};
