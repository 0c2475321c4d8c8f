import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { seriesNames } from '../../grafana/source/matchers.ts';
import { concrete } from '../../grafana/source/source.ts';
import { metricsSnapshot } from '../../src/telemetry/telemetry.ts';
import { openWorld, type World } from '../drill/world.ts';
import { fullDisk, mountQueueDisk } from '../drill/work-faults.ts';
import { eventually } from '../helpers/eventually.ts';
import { root } from '../helpers/processes.ts';
import { acts, nearBan } from './acts.ts';
import { committedDashboards } from './dashboard-files.ts';
import { dataPanels } from './dashboard-rules.ts';
import { noteBackup } from './note-backup.ts';
import { without } from './programs.ts';
import { rules } from './rule-files.ts';
import { selectorsOf } from './selectors.ts';

/** Panels that compare with a day ago, when no Prometheus of a test was there. */
const needsADay: readonly string[] = ['Growth in a day'];

/** Nothing listens there, so that spans are dropped. */
const noCollector = 'http://127.0.0.1:1';

/** Every series that any of our processes can have, and what Prometheus answers once it was set. */
async function registered(): Promise<ReadonlyMap<string, string>> {
  const folder = path.join(root, 'src/telemetry');
  for (const name of readdirSync(folder)) await import(path.join(folder, name));
  const all = await metricsSnapshot();
  return new Map(
    all.map(({ name, type, values }) => {
      const series = String(type) === 'histogram' ? `${name}_count` : name;
      // A counter, and whatever has no labels, may be 0 from the start: only another value shows that it was ever set.
      const fromZero = values.length > 0 || String(type) === 'counter';
      return [name, fromZero ? `max_over_time(${series}[1h]) > 0` : everIn(series)];
    }),
  );
}

function everIn(selector: string): string {
  return `present_over_time(${selector}[1h])`;
}

const missing = without('prometheus', 'alertmanager', 'redisExporter', 'postgresExporter', 'nodeExporter');

describe('every signal is alive', { skip: missing }, () => {
  const opened = new AsyncDisposableStack();
  let world: World;
  let noDisk: string | undefined;
  let disk: string;
  before(async () => {
    disk = await mkdtemp(path.join(tmpdir(), 'shoal-signals-'));
    opened.defer(() => rm(disk, { recursive: true }));
    noDisk = mountQueueDisk(disk);
    if (noDisk === undefined) opened.defer(() => void spawnSync('umount', [disk]));
    const env = {
      WRITE_QUEUE_DIR: disk,
      UPSTREAM_RESET_MS: '2000',
      OTEL_EXPORTER_OTLP_ENDPOINT: noCollector,
    };
    world = opened.use(await openWorld({ env }));
    await noteBackup(world.bot.folder);
  });
  after(() => opened.disposeAsync());

  async function hasData(expr: string): Promise<boolean> {
    const response = await fetch(`${world.bot.url}/api/v1/query?query=${encodeURIComponent(expr)}`);
    const answer = (await response.json()) as { status: string; data?: { result: readonly unknown[] } };
    assert.equal(answer.status, 'success', `${expr}: ${JSON.stringify(answer)}`);
    return (answer.data?.result.length ?? 0) > 0;
  }

  async function seen(expr: string): Promise<void> {
    await eventually(expr, () => hasData(expr), 60_000);
  }

  /** The names of series that have no data where root may mount no disk. */
  function exempt(): readonly string[] {
    return noDisk === undefined ? [] : ['shoal_write_queue_shed_total'];
  }

  async function withoutData(expressions: Iterable<string>): Promise<readonly string[]> {
    const empty: string[] = [];
    for (const expr of expressions)
      if (!seriesNames(expr).some((name) => exempt().includes(name)) && !(await hasData(expr)))
        empty.push(expr);
    return empty;
  }

  for (const [what, act] of Object.entries(acts)) test(what, () => act(world, seen));

  test('the disk of the write queue is full', async (t) => {
    if (noDisk !== undefined) return t.skip(noDisk);
    const repair = await fullDisk(disk, undefined).strike(world);
    await seen('shoal_write_queue_shed_total{reason="disk"} > 0');
    await repair();
  });

  test("Discord's ban is near", () => nearBan(world, seen));

  test('every registered series was set', async () => {
    const dead: string[] = [];
    for (const [name, expr] of await registered()) if (!(await hasData(expr))) dead.push(name);
    process.stdout.write(`${JSON.stringify({ dead_signals: dead.length - exempt().length })}\n`);
    assert.deepEqual(dead.toSorted(), exempt().toSorted());
  });

  test('every rule is PromQL, and all that it reads has data', async () => {
    const selectors = new Set(rules.flatMap(({ expr }) => selectorsOf(expr)));
    assert.deepEqual(await withoutData([...selectors].map(everIn)), []);
  });

  test('every panel shows data', async () => {
    const panels = committedDashboards.flatMap(dataPanels).filter(({ title }) => !needsADay.includes(title));
    const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => concrete(expr, '1h')));
    assert.deepEqual(await withoutData(expressions), []);
  });

  test('every annotation marked something', async () => {
    const marks = committedDashboards.flatMap(({ annotations }) => annotations.list);
    const expressions = marks.map(({ target }) => `last_over_time((${concrete(target.expr, '1h')})[1h:5s])`);
    assert.deepEqual(await withoutData(new Set(expressions)), []);
  });
});
