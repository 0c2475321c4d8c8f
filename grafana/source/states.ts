import { query, type Panel, type States } from './panel.ts';

const words: States = ['Well', 'Impaired', 'Failing'];

/**
 * The first row of the overview, one state for each part: 0 well, 1 impaired, 2 failing; more than one reason adds up, so it is
 * cut at 2. A part of which nothing is known shows that, since its expression then has no value. Bounds are those of the alerts.
 */
export const states: readonly Panel[] = [
  state(
    'Shards',
    'Impaired: one does not serve. Failing: none does.',
    '(min(shoal_shard_ready) == bool 0) + (max(shoal_shard_ready) == bool 0)',
    ['AllShardsDown', 'ShardDown', 'ShardDrained', 'ShardCrashLoop', 'ManagerDown'],
  ),
  state(
    'Answers',
    'Over five minutes. Impaired: more than 0.1 % are not answered in time, or 1 % take more than 0.8 s. Failing: more than 1.44 %.',
    `clamp_max(
  (shoal:interactions_failed:ratio_rate5m > bool 0.001) + (shoal:interactions_failed:ratio_rate5m > bool 0.0144)
  + (shoal:interactions_slow:ratio_rate5m > bool 0.01), 2)`,
    ['InteractionsFailing', 'InteractionsSlow', 'InteractionP99High'],
  ),
  state(
    'Discord',
    'Impaired: its gateway takes longer than 1 s. Failing: half-way to a ban of this address, or too few identifies are left today for a cold start.',
    `clamp_max(
  (max(shoal_gateway_latency_seconds) > bool 1) + 2 * (max(shoal_rest_invalid_requests_window) > bool 5000)
  + 2 * (max(shoal_gateway_identifies_remaining) < bool clamp_min(50 + 1.5 * count(shoal_shard_ready), 200)), 2)`,
    ['InvalidRequestsNearBan', 'IdentifyBudgetLow', 'CallsHeldBack', 'RestRateLimited'],
  ),
  state(
    'PostgreSQL',
    'Failing: its exporter does not reach it, or more than 0.72 % of calls had no answer in five minutes. Impaired: more than 0.05 %.',
    `clamp_max(
  2 * (min(pg_up) == bool 0)
  + (shoal:data_failed:ratio_rate5m > bool 0.0005) + (shoal:data_failed:ratio_rate5m > bool 0.0072), 2)`,
    ['PostgresDown', 'PgbouncerDown', 'DataUnavailable'],
  ),
  state(
    'Redis',
    'Failing: the state Redis is away. Impaired: the cache is, or the state Redis is nearly full.',
    `clamp_max(
  2 * (min(redis_up{role="state"}) == bool 0) + (min(redis_up{role="cache"}) == bool 0)
  + (max(redis_memory_used_bytes{role="state"} / (redis_memory_max_bytes > 0) > bool 0.8) or vector(0)), 2)`,
    ['RedisDown', 'RedisMemoryHigh', 'RedisEvictingState'],
  ),
  state(
    'Write queue',
    'Impaired: a fact waits for more than 10 s. Failing: for more than a minute.',
    '(max(shoal_write_queue_oldest_seconds) > bool 10) + (max(shoal_write_queue_oldest_seconds) > bool 60)',
    ['WriteQueueOld', 'FactsRefused', 'FactsDead'],
  ),
  state(
    'Jobs',
    'Failing: no jobs process answers. Impaired: a job is a minute late, or was given up.',
    `clamp_max(
  2 * max(absent(up{job="jobs"} == 1))
  or (max(shoal_jobs_oldest_seconds) > bool 60) + (max(shoal_jobs_dead) > bool 0), 2)`,
    ['JobsDown', 'JobsLate', 'JobsDead'],
  ),
  state(
    'Upstreams',
    'Impaired: one service that commands look things up in is not called in some process. Failing: more than one.',
    'clamp_max(sum(max by (breaker) (shoal_breaker_state{breaker=~"upstream-.+"}) == bool 2), 2)',
    ['BreakerOpen'],
  ),
];

function state(title: string, description: string, expr: string, alerts: readonly string[]): Panel {
  return { title, description, unit: 'short', kind: 'state', states: words, queries: [query(expr)], alerts };
}
