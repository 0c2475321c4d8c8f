import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Panel as PanelJson,
  type Threshold,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimelineBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as GraphBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { withMatchers } from './matchers.ts';
import type { Limits, Panel, Query, States } from './panel.ts';

/** The Prometheus that is chosen at the top of the dashboard. */
export const datasource = { type: 'prometheus', uid: '${datasource}' };

const colours = { good: 'green', warn: 'orange', bad: 'red', plain: 'text' } as const;

/** A panel for Grafana. `runbookUrl`: where the section for an alert is shown. */
export function panelBuilder(
  panel: Panel,
  id: number,
  runbookUrl: (alert: string) => string,
): Builder<PanelJson> {
  const state = panel.kind === 'state';
  const builder = visualizations[panel.kind ?? 'graph'](panel)
    .id(id)
    .title(panel.title)
    .description(panel.description)
    .datasource(datasource)
    .unit(panel.unit)
    .span(state ? 3 : 8)
    .height(state ? 4 : 8)
    .thresholds(thresholds(panel.limits, panel.states))
    .targets(panel.queries.map((query, index) => target(query, index, panel.kind)));
  if (panel.states !== undefined) builder.mappings(mappings(panel.states));
  return builder.links((panel.alerts ?? []).map((alert) => link(`Runbook: ${alert}`, runbookUrl(alert))));
}

type Visualization = GraphBuilder | StatBuilder | TableBuilder | TimelineBuilder;

const visualizations: Readonly<Record<NonNullable<Panel['kind']>, (panel: Panel) => Visualization>> = {
  graph,
  state: () => stat().graphMode(BigValueGraphMode.None).colorMode(BigValueColorMode.Background),
  number: () => stat().graphMode(BigValueGraphMode.Area).colorMode(BigValueColorMode.Value),
  table: () =>
    new TableBuilder().withTransformation({ id: 'organize', options: { excludeByName: { Time: true } } }),
  timeline: () =>
    new TimelineBuilder()
      .showValue(VisibilityMode.Always)
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds)),
};

function stat(): StatBuilder {
  return new StatBuilder()
    .noValue('Unknown')
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
}

function graph({ stacked, limits }: Panel): GraphBuilder {
  const builder = new GraphBuilder()
    .showPoints(VisibilityMode.Never)
    .fillOpacity(stacked ? 40 : 8)
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi));
  // What can be below zero is what is forecast.
  if (limits?.bad !== 0) builder.min(0);
  if (stacked) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (limits !== undefined)
    builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return builder;
}

/** Steps upwards, the first from minus infinity. */
function thresholds(limits: Limits | undefined, states: States | undefined): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps(limits, states));
}

function steps(limits: Limits | undefined, states: States | undefined): Threshold[] {
  if (states !== undefined) return steps({ warn: 1, bad: 2 }, undefined);
  if (limits === undefined) return [{ value: null, color: colours.plain }];
  const { warn, bad, low } = limits;
  if (low !== true) return [{ value: null, color: colours.good }, ...step(warn, 'warn'), ...step(bad, 'bad')];
  const lowest = bad === undefined ? 'warn' : 'bad';
  const between = bad === undefined || warn === undefined ? [] : step(bad, 'warn');
  return [{ value: null, color: colours[lowest] }, ...between, ...step(warn ?? bad, 'good')];
}

function step(value: number | undefined, level: keyof typeof colours): Threshold[] {
  return value === undefined ? [] : [{ value, color: colours[level] }];
}

function mappings([good, warn, bad]: States): ValueMapping[] {
  const options = {
    0: { text: good, color: colours.good, index: 0 },
    1: { text: warn, color: colours.warn, index: 1 },
    2: { text: bad, color: colours.bad, index: 2 },
  };
  return [{ type: MappingType.ValueToText, options }];
}

function target({ expr, legend }: Query, index: number, kind: Panel['kind']): DataqueryBuilder {
  const builder = new DataqueryBuilder()
    .refId(String.fromCodePoint(65 + index))
    .datasource(datasource)
    .expr(withMatchers(expr))
    .legendFormat(legend === '' ? '__auto' : legend);
  if (kind === 'table') return builder.format(PromQueryFormat.Table).instant();
  return kind === 'state' ? builder.instant() : builder.range();
}

/** A link that keeps the time and the variables that are chosen. */
export function link(title: string, url: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .url(url)
    .keepTime(true)
    .includeVars(true);
}
