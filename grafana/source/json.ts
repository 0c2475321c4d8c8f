import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
  type Dashboard as DashboardJson,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as TextBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text';
import { withMatchers } from './matchers.ts';
import type { Dashboard } from './panel.ts';
import { datasource, panelBuilder } from './panel-json.ts';
import { runbookSection } from './runbook.ts';

/** A dashboard as Grafana's provisioning reads it. */
export function dashboardJson(dashboard: Dashboard): DashboardJson {
  const { uid, title, description, variables = [], rows } = dashboard;
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['shoal'])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: 'now-6h', to: 'now' })
    .refresh('30s')
    .link(others())
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'))
    .withVariable(choice('job', 'label_values(up, job)', '.+'))
    .withVariable(choice('instance', 'label_values(up{job=~"$job"}, instance)', '.+'))
    .annotations(annotations());
  for (const { label, series } of variables)
    // Any value or none: not every series of a panel has the label.
    builder.withVariable(choice(label, `label_values(${series}, ${label})`, '.*'));
  const alerts = [...new Set(rows.flatMap(({ panels }) => panels.flatMap((panel) => panel.alerts ?? [])))];
  // Apart from the numbers of the panels above, so that those stay what they are when an alert is added.
  const sectionId = (alert: string) => 1_000 + alerts.indexOf(alert);
  const runbookUrl = (alert: string) => `/d/${uid}?viewPanel=panel-${sectionId(alert)}`;
  let id = 1;
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title).id(id++));
    for (const panel of row.panels) builder.withPanel(panelBuilder(panel, id++, runbookUrl));
  }
  return builder.withRow(runbook(alerts, id, sectionId)).build();
}

function others(): DashboardLinkBuilder {
  return new DashboardLinkBuilder('Shoal')
    .type(DashboardLinkType.Dashboards)
    .tags(['shoal'])
    .asDropdown(true)
    .keepTime(true)
    .includeVars(true);
}

function choice(name: string, query: string, allValue: string): QueryVariableBuilder {
  const builder = new QueryVariableBuilder(name);
  // oxlint-disable-next-line unicorn/no-array-sort -- an option of the builder; there is no array
  builder.sort(VariableSort.NaturalAsc);
  return builder
    .label(name.charAt(0).toUpperCase() + name.slice(1))
    .datasource(datasource)
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .multi(true)
    .includeAll(true)
    .allValue(allValue)
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}

function annotations(): AnnotationQueryBuilder[] {
  const releases = 'count by (version, revision) (shoal_build_info)';
  const before = 'count by (version, revision) (shoal_build_info offset 5m)';
  return [
    annotation(
      'Releases',
      withMatchers(`${releases} unless ${before}`),
      'blue',
      'Release {{version}} {{revision}}',
    ),
    annotation(
      'Restarts',
      withMatchers(
        'max by (process, shard) (changes(process_start_time_seconds{job=~"manager|jobs"}[5m])) > 0',
      ),
      'purple',
      '{{process}}{{shard}} was started again',
    ),
  ];
}

function annotation(name: string, expr: string, colour: string, text: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(datasource)
    .enable(true)
    .iconColor(colour)
    .target(new DataqueryBuilder().refId('Anno').expr(expr).range())
    .titleFormat(name)
    .textFormat(text);
}

/** What the alerts of the dashboard's panels mean and what to do: here, so that the links need no address of a web page. */
function runbook(alerts: readonly string[], id: number, sectionId: (alert: string) => number): RowBuilder {
  const row = new RowBuilder('Runbook').id(id).collapsed(true);
  for (const alert of alerts)
    row.withPanel(
      new TextBuilder()
        .id(sectionId(alert))
        .title(alert)
        .description('From docs/runbook.md')
        .mode(TextMode.Markdown)
        .content(runbookSection(alert))
        .span(12)
        .height(9),
    );
  return row;
}
