import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { stringify } from 'yaml';
import { concrete } from '../../grafana/source/concrete.ts';
import { states } from '../../grafana/source/states.ts';
import { runCommand } from '../../src/local/run-command.ts';
import { committedDashboards } from './dashboard-files.ts';
import { dataPanels } from './dashboard-rules.ts';
import { programPath, without as withoutProgram } from './programs.ts';

type Series = Readonly<Record<string, string>>;
type Seen = Readonly<Record<string, 0 | 1 | 2 | 'unknown'>>;

/** What a host's manager tells, with two shards. */
function host(instance: string, shards: readonly [string, string], ready: readonly [number, number]): Series {
  const [first, second] = shards.map((shard) => `job="manager", instance="${instance}", shard="${shard}"`);
  return {
    [`up{job="manager", instance="${instance}"}`]: '1',
    [`shoal_shard_ready{${first}}`]: String(ready[0]),
    [`shoal_shard_ready{${second}}`]: String(ready[1]),
    [`shoal_gateway_latency_seconds{${first}}`]: '0.1',
    [`shoal_gateway_latency_seconds{${second}}`]: '0.1',
    [`shoal_rest_invalid_requests_window{${first}}`]: '0',
    [`shoal_gateway_identifies_remaining{job="manager", instance="${instance}"}`]: '900',
    [`shoal_write_queue_oldest_seconds{${first}, kind="command_usage"}`]: '0',
    [`shoal_breaker_state{${first}, breaker="upstream-github"}`]: '0',
  };
}

const answered: Series = {
  'shoal:interactions_failed:ratio_rate5m': '0',
  'shoal:interactions_slow:ratio_rate5m': '0',
};
const postgres: Series = {
  'pg_up{job="postgres", instance="a"}': '1',
  'pgbouncer_up{job="pgbouncer", instance="a"}': '1',
  'shoal:data_failed:ratio_rate5m{job="manager"}': '0',
  'shoal:data_failed:ratio_rate5m{job="jobs"}': '0',
};
const redis: Series = {
  'redis_up{job="redis", instance="a", role="cache"}': '1',
  'redis_up{job="redis", instance="a", role="state"}': '1',
};
const jobs: Series = {
  'up{job="jobs", instance="a"}': '1',
  'up{job="jobs", instance="b"}': '1',
  'shoal_jobs_oldest_seconds{job="jobs", instance="a", kind="remind"}': '0',
  'shoal_jobs_dead{job="jobs", instance="a", kind="remind"}': '0',
};
const one = host('one', ['0', '1'], [1, 1]);
const well = { ...one, ...answered, ...postgres, ...redis, ...jobs };
const noManager: Series = { 'up{job="manager", instance="one"}': '0' };

/** All is well, but what begins with one of these names is not known. */
function without(...names: readonly string[]): Series {
  return Object.fromEntries(
    Object.entries(well).filter(([series]) => !names.some((name) => series.startsWith(name))),
  );
}

/** What there is, and the parts that are not shown as well then. */
const cases: Readonly<Record<string, readonly [Series, Seen]>> = {
  'all is well': [well, {}],
  'a shard does not serve': [
    { ...well, ...host('one', ['0', '1'], [1, 0]) },
    { Shards: 1, Answers: 1 },
  ],
  'no shard serves': [
    { ...well, ...host('one', ['0', '1'], [0, 0]) },
    { Shards: 2, Answers: 2, Discord: 'unknown' },
  ],
  'the only manager is dead, and what it told with it': [
    { ...noManager, ...postgres, ...redis, ...jobs },
    { Shards: 2, Answers: 2, Discord: 'unknown', 'Write queue': 1, Upstreams: 'unknown' },
  ],
  'a host of two is lost': [
    { ...well, 'up{job="manager", instance="two"}': '0' },
    { Shards: 1, Answers: 1, 'Write queue': 1 },
  ],
  'a host of two is there and serves nothing': [
    { ...well, ...host('two', ['2', '3'], [0, 0]) },
    { Shards: 1, Answers: 1 },
  ],
  'nobody asked': [
    {
      ...well,
      'shoal:interactions_failed:ratio_rate5m': 'NaN',
      'shoal:interactions_slow:ratio_rate5m': 'NaN',
    },
    { Answers: 'unknown' },
  ],
  'answers are late and fail': [
    {
      ...well,
      'shoal:interactions_failed:ratio_rate5m': '0.01',
      'shoal:interactions_slow:ratio_rate5m': '0.5',
    },
    { Answers: 2 },
  ],
  'the exporters are dead': [without('pg_up', 'redis_'), { PostgreSQL: 'unknown', Redis: 'unknown' }],
  'the exporter of PostgreSQL is dead, and calls fail': [
    { ...without('pg_up'), 'shoal:data_failed:ratio_rate5m{job="manager"}': '0.1' },
    { PostgreSQL: 2 },
  ],
  'PgBouncer is away, and nobody calls': [
    { ...without('shoal:data'), 'pgbouncer_up{job="pgbouncer", instance="a"}': '0' },
    { PostgreSQL: 2 },
  ],
  'the state Redis is away, and of the other nothing is known': [
    { ...without('redis_'), 'redis_up{job="redis", instance="a", role="state"}': '0' },
    { Redis: 2 },
  ],
  'the cache is away': [{ ...well, 'redis_up{job="redis", instance="a", role="cache"}': '0' }, { Redis: 1 }],
  'the state Redis is nearly full': [
    {
      ...well,
      'redis_memory_used_bytes{job="redis", instance="a", role="state"}': '90',
      'redis_memory_max_bytes{job="redis", instance="a", role="state"}': '100',
    },
    { Redis: 1 },
  ],
  'one jobs process is dead': [{ ...well, 'up{job="jobs", instance="b"}': '0' }, {}],
  'both are': [
    {
      ...without('shoal_jobs', 'up{job="jobs"'),
      'up{job="jobs", instance="a"}': '0',
      'up{job="jobs", instance="b"}': '0',
    },
    { Jobs: 2 },
  ],
  'there is no target at all': [
    {},
    Object.fromEntries(states.map(({ title }) => [title, 'unknown'] as const)),
  ],
};

/** As the report asks, and as Grafana does. */
function questions(title: string): string[] {
  const shown = committedDashboards
    .filter(({ uid }) => uid === 'shoal-overview')
    .flatMap(dataPanels)
    .find((panel) => panel.title === title);
  const [own] = states.find((panel) => panel.title === title)?.queries ?? [];
  return [own?.expr, shown?.targets?.[0]?.expr].map((expr) => concrete(expr ?? '', '5m'));
}

function caseOf([name, [series, seen]]: readonly [string, readonly [Series, Seen]]): object {
  return {
    name,
    interval: '1m',
    input_series: Object.entries(series).map(([key, value]) => ({ series: key, values: value })),
    promql_expr_test: states.flatMap(({ title }) => {
      const value = seen[title] ?? 0;
      const samples = value === 'unknown' ? [] : [{ labels: '{}', value }];
      return questions(title).map((expr) => ({ expr, eval_time: '0m', exp_samples: samples }));
    }),
  };
}

test(
  'the first row says what is the matter, and is never well where nothing is known',
  { skip: withoutProgram('promtool') },
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'shoal-states-'));
    try {
      const file = path.join(folder, 'states.yml');
      await writeFile(file, stringify({ tests: Object.entries(cases).map(caseOf) }));
      const { code, output } = await runCommand(programPath('promtool'), ['test', 'rules', file], {
        environment: process.env,
      });
      assert.equal(code, 0, output);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
