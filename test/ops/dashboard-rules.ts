import { parser } from '@prometheus-io/lezer-promql';
import { concrete } from '../../grafana/source/concrete.ts';
import { isScraped } from '../../grafana/source/matchers.ts';

/** Of Grafana's JSON what the rules look at. */
export interface DashboardJson {
  uid: string;
  title: string;
  editable: boolean;
  templating: { list: VariableJson[] };
  annotations: { list: { name: string; target: TargetJson }[] };
  panels: PanelJson[];
}
export interface VariableJson {
  name: string;
  label: string;
  type: string;
  query: string;
  datasource?: { uid: string };
  multi?: boolean;
  allValue?: string;
  refresh?: number;
}
export interface PanelJson {
  id: number;
  type: string;
  title: string;
  description: string;
  datasource?: { uid: string };
  fieldConfig?: { defaults: { unit?: string } };
  links?: { title: string; url: string }[];
  options: { content?: string };
  targets?: TargetJson[];
  panels?: PanelJson[];
}
export interface TargetJson {
  expr: string;
  datasource?: { type: string; uid: string };
}

type Rule = (dashboard: DashboardJson) => string[];

/** Panels that show data: rows hold others, and the texts of the runbook have none. */
export function dataPanels({ panels }: DashboardJson): PanelJson[] {
  return panels.filter(({ type }) => type !== 'row' && type !== 'text');
}

/** Of Grafana's list of units those that a panel here may have. */
const units = ['s', 'percentunit', 'bytes', 'ops', 'short'];

/**
 * The rules of Grafana's dashboard-linter (docs/index.md and lint/ of grafana/dashboard-linter), by their names there without
 * `-rule`. They hold for all panels with data, also of types that the linter passes over. Each returns what is wrong.
 */
export const rules: Readonly<Record<string, Rule>> = {
  // There is a variable for the data source, with the name and label that people know.
  'template-datasource': ({ templating }) => {
    const found = templating.list.filter(({ type }) => type === 'datasource');
    const good = found.every(({ name, label }) => name === 'datasource' && label === 'Data source');
    return found.length === 1 && good ? [] : ['no variable `datasource` labelled `Data source`'];
  },
  // There is a variable for the job: of the same source, several may be chosen, and "all" is any job.
  'template-job': (dashboard) => choiceOf(dashboard, 'job'),
  // The same for the instance.
  'template-instance': (dashboard) => choiceOf(dashboard, 'instance'),
  // The query of a variable is label_values(SERIES, LABEL) with PromQL for the series.
  'template-label-promql': ({ templating }) =>
    queried(templating.list)
      .filter(({ query }) => {
        const [, series = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(query) ?? [];
        return label === '' || syntaxErrors(concrete(series, '5m')).length > 0;
      })
      .map(({ name, query }) => `${name}: ${query}`),
  // What can be chosen follows the time that is shown.
  'template-on-time-change-reload': ({ templating }) =>
    queried(templating.list)
      .filter(({ refresh }) => refresh !== 2)
      .map(({ name }) => name),
  // The panel takes the data source that is chosen.
  'panel-datasource': ofPanels(({ datasource }) => datasource?.uid === '${datasource}'),
  // Every panel says what it shows.
  'panel-title-description': ofPanels(({ title, description }) => title !== '' && description !== ''),
  // Every panel has a unit that Grafana knows.
  'panel-units': ofPanels(({ fieldConfig }) => units.includes(fieldConfig?.defaults.unit ?? '')),
  // Every panel asks for something.
  'panel-no-targets': ofPanels(({ targets = [] }) => targets.length > 0),
  // LogQL parses. Exempt: no panel reads logs, and nothing here could check one, so a target of another source is refused.
  'target-logql': ofTargets(({ datasource }) => datasource?.type === 'prometheus'),
  // Ranges of LogQL are $__auto. With no LogQL: nobody writes $__auto where Prometheus reads it.
  'target-logql-auto': ofTargets(({ expr }) => !expr.includes('$__auto')),
  // PromQL parses.
  'target-promql': ofTargets(({ expr }) => syntaxErrors(concrete(expr, '5m')).length === 0),
  // The range of rate and irate follows the time that is shown. increase has the range that its panel states.
  'target-rate-interval': ofTargets(({ expr }) => !/\bi?rate\([^[]*\[(?!\$__rate_interval\])/.test(expr)),
  // Every series is of the chosen job. Exempt: recorded series and ALERTS, which are of all targets.
  'target-job': ofTargets((target) => scraped(target).every((text) => text.includes('job=~"$job"'))),
  // And of the chosen instance, with the same exemption.
  'target-instance': ofTargets((target) =>
    scraped(target).every((text) => text.includes('instance=~"$instance"')),
  ),
  // A counter is read through rate, irate or increase.
  'target-counter-agg': ofTargets(({ expr }) => bareCounters(expr).length === 0),
  // Nobody changes in the browser what the next deploy overwrites.
  'uneditable-dashboard': ({ editable }) => (editable ? ['it can be edited'] : []),
};

function ofPanels(good: (panel: PanelJson) => boolean): Rule {
  return (dashboard) =>
    dataPanels(dashboard)
      .filter((panel) => !good(panel))
      .map(({ title, id }) => `panel ${id} ${title}`);
}

function ofTargets(good: (target: TargetJson) => boolean): Rule {
  return ofPanels(({ targets = [] }) => targets.every(good));
}

function choiceOf({ templating }: DashboardJson, name: string): string[] {
  const found = templating.list.find((variable) => variable.name === name);
  const good =
    found?.type === 'query' &&
    found.datasource?.uid === '${datasource}' &&
    found.label.toLowerCase() === name &&
    found.multi === true &&
    found.allValue === '.+';
  return good ? [] : [`no variable ${name} as it should be`];
}

function queried(list: readonly VariableJson[]): VariableJson[] {
  return list.filter(({ type }) => type === 'query');
}

/** Where the text is not PromQL. */
function syntaxErrors(text: string): string[] {
  const found: string[] = [];
  parser.parse(text).iterate({
    enter({ type, from, to }) {
      if (type.isError) found.push(text.slice(from, to + 10));
    },
  });
  return found;
}

/** The selectors of series that come from targets. */
function scraped({ expr }: TargetJson): string[] {
  return selectors(expr)
    .filter(({ name }) => isScraped(name))
    .map(({ text }) => text);
}

function bareCounters(expr: string): string[] {
  return selectors(expr)
    .filter(({ name, call }) => name.endsWith('_total') && !['rate', 'irate', 'increase'].includes(call))
    .map(({ text }) => text);
}

/** Every selector: its name, its text, and the function around its range (none where it has none). */
function selectors(expr: string): { name: string; text: string; call: string }[] {
  // As long as what it stands for, so that positions in the text stay.
  const text = expr.replaceAll('$__rate_interval', '000000000000005m');
  const found: { name: string; text: string; call: string }[] = [];
  parser.parse(text).iterate({
    enter({ name, node }) {
      const identifier = name === 'VectorSelector' ? node.getChild('Identifier') : null;
      if (identifier === null) return;
      const range = node.parent?.name === 'MatrixSelector' ? node.parent : null;
      const call = range?.parent?.parent?.getChild('FunctionIdentifier');
      found.push({
        name: text.slice(identifier.from, identifier.to),
        text: text.slice(node.from, node.to),
        call: call ? text.slice(call.from, call.to) : '',
      });
    },
  });
  return found;
}
