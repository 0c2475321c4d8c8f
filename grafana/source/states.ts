import { query, type Panel, type States } from './panel.ts';

const words: States = ['Well', 'Impaired', 'Failing'];

/** A manager that does not answer stands for its shards, which no longer are among the series. */
const serving = 'shoal_shard_ready or up{job="manager"} == 0';
const someAway = `(min(${serving}) == bool 0)`;
const noneServes = `(max(${serving}) == bool 0)`;

/** Of the identifies that are left today; that of IdentifyBudgetLow. */
export const identifyBound = 'clamp_min(50 + 1.5 * count(shoal_shard_ready), 200)';

/**
 * The first row of the overview, one state for each part: 0 well, 1 impaired, 2 failing. Where something that it goes by is not
 * there and nothing else is bad, it has no value, which is shown as unknown: never well. Bounds are those of the alerts.
 */
export const states: readonly Panel[] = [
  state(
    'Shards',
    'Impaired: one does not serve, or a manager does not answer. Failing: none serves.',
    [`${someAway} + ${noneServes}`],
    ['AllShardsDown', 'ShardDown', 'ShardDrained', 'ShardCrashLoop', 'ManagerDown'],
  ),
  state(
    'Answers',
    'Over five minutes. Impaired: more than 0.1 % are not answered in time, 1 % take more than 0.8 s, or a shard does not serve. Failing: more than 1.44 %, or none serves. Unknown: nobody asked.',
    [
      `${someAway} + ${noneServes}`,
      // Without interactions it is no number, which is above nothing.
      above('(shoal:interactions_failed:ratio_rate5m >= 0)', 0.001, 0.0144),
      above('shoal:interactions_slow:ratio_rate5m', 0.01),
    ],
    ['InteractionsFailing', 'InteractionsSlow', 'InteractionP99High'],
  ),
  state(
    'Discord',
    'Impaired: its gateway takes longer than 1 s. Failing: half-way to a ban of this address, or too few identifies are left today for a cold start. Unknown: no shard serves.',
    [
      // Of a shard that does not serve it is from before.
      above('max(shoal_gateway_latency_seconds and on (shard) shoal_shard_ready == 1)', 1),
      `2 * ${above('max(shoal_rest_invalid_requests_window)', 5_000)}`,
      `2 * (max(shoal_gateway_identifies_remaining) < bool ${identifyBound})`,
    ],
    ['InvalidRequestsNearBan', 'IdentifyBudgetLow', 'CallsHeldBack', 'RestRateLimited'],
  ),
  state(
    'PostgreSQL',
    'Failing: an exporter does not reach it or PgBouncer, or more than 0.72 % of calls had no answer in five minutes. Impaired: more than 0.05 %.',
    [
      '2 * (min(pg_up) == bool 0)',
      '2 * (min(pgbouncer_up) == bool 0)',
      above('max(shoal:data_failed:ratio_rate5m >= 0)', 0.0005, 0.0072),
    ],
    ['PostgresDown', 'PgbouncerDown', 'DataUnavailable'],
  ),
  state(
    'Redis',
    'Failing: the state Redis is away. Impaired: the cache is, or the state Redis is nearly full.',
    [
      '2 * (min(redis_up{role="state"}) == bool 0)',
      '(min(redis_up{role="cache"}) == bool 0)',
      // One that may take all memory is never full.
      '(max(redis_memory_used_bytes{role="state"} / (redis_memory_max_bytes > 0) > bool 0.8) or vector(0))',
    ],
    ['RedisDown', 'RedisMemoryHigh', 'RedisEvictingState'],
  ),
  state(
    'Write queue',
    'Impaired: a fact waits for more than 10 s, or a manager does not answer, whose facts nobody sees. Failing: for more than a minute.',
    [above('max(shoal_write_queue_oldest_seconds)', 10, 60), '(min(up{job="manager"}) == bool 0)'],
    ['WriteQueueOld', 'FactsRefused', 'FactsDead'],
  ),
  state(
    'Jobs',
    'Failing: no jobs process answers. Impaired: a job is a minute late, or was given up.',
    [
      '2 * (max(up{job="jobs"}) == bool 0)',
      above('max(shoal_jobs_oldest_seconds)', 60),
      above('max(shoal_jobs_dead)', 0),
    ],
    ['JobsDown', 'JobsLate', 'JobsDead'],
  ),
  state(
    'Upstreams',
    'Impaired: one service that commands look things up in is not called in some process. Failing: more than one.',
    ['sum(max by (breaker) (shoal_breaker_state{breaker=~"upstream-.+"}) == bool 2)'],
    ['BreakerOpen'],
  ),
];

/** How many of the bounds the value is above. */
function above(value: string, ...bounds: readonly number[]): string {
  return `(${bounds.map((bound) => `(${value} > bool ${bound})`).join(' + ')})`;
}

/** `reasons`: expressions with one value each, 0 for well; they add up, and each that is bad counts where another is not known. */
function state(
  title: string,
  description: string,
  reasons: readonly string[],
  alerts: readonly string[],
): Panel {
  const all = `clamp_max(${reasons.join('\n  + ')}, 2)`;
  const each = reasons.length === 1 ? [] : reasons.map((reason) => `${reason} > 0`);
  const queries = [query([all, ...each].join('\nor '))];
  return { title, description, unit: 'short', kind: 'state', states: words, queries, alerts };
}
