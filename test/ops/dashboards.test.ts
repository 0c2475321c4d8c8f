import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { seriesNames } from '../../grafana/source/matchers.ts';
import { dashboards as defined } from '../../grafana/source/source.ts';
import { readCompose } from '../deploy/compose-file.ts';
import { root } from '../helpers/processes.ts';
import { committedDashboards as dashboards, definedSeries, withoutPart } from './dashboard-files.ts';
import { dataPanels, rules, type DashboardJson, type PanelJson, type TargetJson } from './dashboard-rules.ts';
import { alerts } from './rule-files.ts';

function provisioned(file: string): unknown {
  return parse(readFileSync(path.join(root, 'grafana/provisioning', file), 'utf8'));
}

describe('the dashboards', () => {
  for (const [name, wrong] of Object.entries(rules))
    test(`keep to ${name}`, () => {
      assert.deepEqual(
        dashboards.flatMap((dashboard) => wrong(dashboard).map((what) => `${dashboard.uid}: ${what}`)),
        [],
      );
    });

  test('are those that are defined, with numbers of their own for their panels', () => {
    assert.deepEqual(
      dashboards.map(({ uid }) => uid),
      defined.map(({ uid }) => uid).toSorted(),
    );
    for (const { uid, panels } of dashboards) {
      const ids = panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, uid);
    }
  });

  test('are where the alerts link to, and show there what the alert watches', () => {
    const missing = alerts.filter(({ alert, annotations = {} }) => {
      const uid = annotations['dashboard']?.split('/d/')[1];
      const panels = defined.find((each) => each.uid === uid)?.rows.flatMap((row) => row.panels) ?? [];
      return !panels.some((panel) => panel.alerts?.includes(alert));
    });
    assert.deepEqual(
      missing.map(({ alert }) => alert),
      [],
    );
  });

  test('link each alert to its section of the runbook, on the same dashboard', () => {
    for (const { uid, panels } of dashboards) {
      const texts = new Map(panels.flatMap((row) => row.panels ?? []).map((panel) => [panel.id, panel]));
      for (const { title, url } of panels.flatMap(({ links = [] }) => links)) {
        const section = texts.get(Number(/viewPanel=panel-(\d+)$/.exec(url)?.[1]));
        assert.equal(`Runbook: ${section?.title}`, title, uid);
        assert.ok(url.startsWith(`/d/${uid}?`), url);
        assert.match(section?.options.content ?? '', /\*\*Meaning:\*\*[^]*\*\*Fix:\*\*/);
      }
    }
  });

  test('show every series that the bot has', () => {
    const ours = definedSeries();
    assert.ok(ours.length > 45, `only ${ours.length} series found`);
    const queries = defined.flatMap(({ rows }) =>
      rows.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries)),
    );
    const shown = new Set(queries.flatMap(({ expr }) => seriesNames(expr)).map(withoutPart));
    assert.deepEqual(
      ours.filter((name) => !shown.has(name)),
      [],
    );
  });

  test('show a chosen shard also where its process has several', () => {
    const shards = dashboards.filter(({ uid }) => uid === 'shoal-shards').flatMap(dataPanels);
    const exprs = shards.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    const matchers = exprs.flatMap((expr) =>
      [...expr.matchAll(/shard=~"(.*?)"/g)].map(([, text = '']) => text),
    );
    assert.ok(matchers.length > 15, `only ${matchers.length} found`);
    const labels = ['2', '0,1,2,3', '12', '12,13,20', '7'];
    // As Grafana writes what is chosen: one, two, and all.
    const shown = { '2': ['2', '0,1,2,3'], '(2|7)': ['2', '0,1,2,3', '7'], '.*': labels };
    for (const [chosen, expected] of Object.entries(shown))
      for (const matcher of matchers) {
        const whole = new RegExp(`^(?:${matcher.replace('$shard', chosen)})$`);
        assert.deepEqual(
          labels.filter((label) => whole.test(label)),
          expected,
        );
      }
  });

  test('are found where compose mounts them, and ask the Prometheus of compose', () => {
    const { providers } = provisioned('dashboards/shoal.yml') as {
      providers: readonly { options: { path: string } }[];
    };
    const { datasources } = provisioned('datasources/prometheus.yml') as {
      datasources: readonly { url: string }[];
    };
    const { services } = readCompose();
    const targets = services['grafana']?.volumes.map((volume) => volume.split(':').slice(0, 2).join(' → '));
    assert.deepEqual(
      targets?.filter((target) => target.startsWith('./grafana')),
      [
        './grafana/provisioning → /etc/grafana/provisioning',
        `./grafana/dashboards → ${providers[0]?.options.path}`,
      ],
    );
    const url = new URL(datasources[0]?.url ?? '');
    assert.ok(
      services[url.hostname]?.ports.some((port) => port.endsWith(`:${url.port}`)),
      url.href,
    );
  });
});

describe('a rule finds', () => {
  /** What is wrong for each rule, and nothing before that. */
  const mutations: Readonly<
    Record<string, (dashboard: DashboardJson, panel: PanelJson, target: TargetJson) => void>
  > = {
    'template-datasource': ({ templating }) => void templating.list.shift(),
    'template-job': ({ templating }) => Object.assign(templating.list[1] ?? {}, { multi: false }),
    'template-instance': ({ templating }) => Object.assign(templating.list[2] ?? {}, { allValue: '.*' }),
    'template-label-promql': ({ templating }) =>
      Object.assign(templating.list[1] ?? {}, { query: 'label_values(up{, job)' }),
    'template-on-time-change-reload': ({ templating }) =>
      Object.assign(templating.list[1] ?? {}, { refresh: 1 }),
    'panel-datasource': (_, panel) => Object.assign(panel, { datasource: { uid: 'prometheus' } }),
    'panel-title-description': (_, panel) => Object.assign(panel, { description: '' }),
    'panel-units': (_, panel) => Object.assign(panel, { fieldConfig: { defaults: { unit: 'seconds' } } }),
    'panel-no-targets': (_, panel) => Object.assign(panel, { targets: [] }),
    'target-logql': (_, __, target) => Object.assign(target, { datasource: { type: 'loki', uid: 'loki' } }),
    'target-logql-auto': (_, __, target) => Object.assign(target, { expr: 'rate(x_total[$__auto])' }),
    'target-promql': (_, __, target) => Object.assign(target, { expr: `sum by (${target.expr}` }),
    'target-rate-interval': (_, __, target) => Object.assign(target, { expr: 'rate(x_total[5m])' }),
    'target-job': (_, __, target) => Object.assign(target, { expr: 'up{instance=~"$instance"}' }),
    'target-instance': (_, __, target) => Object.assign(target, { expr: 'up{job=~"$job"}' }),
    'target-counter-agg': (_, __, target) => Object.assign(target, { expr: 'sum(x_total)' }),
    'uneditable-dashboard': (dashboard) => Object.assign(dashboard, { editable: true }),
  };

  for (const [name, wrong] of Object.entries(rules))
    test(`what breaks ${name}`, () => {
      const [dashboard] = structuredClone(dashboards);
      const [panel] = dashboard === undefined ? [] : dataPanels(dashboard);
      const [target] = panel?.targets ?? [];
      assert.ok(dashboard && panel && target && mutations[name]);
      assert.deepEqual(wrong(dashboard), []);
      mutations[name](dashboard, panel, target);
      assert.equal(wrong(dashboard).length, 1);
    });
});
