import type { MetricObjectWithValues, MetricValue } from 'prom-client';

export type Metrics = readonly MetricObjectWithValues<MetricValue<string>>[];
type Labels = Readonly<Record<string, string | number | undefined>>;

/**
 * Metrics as Prometheus reads them. A series has its labels in the same order in every process, whoever counted first: its own ones by
 * their names, then those of the process (`last`). Values that are no number (of what was not measured yet) are left out.
 */
export function metricsAsText(metrics: Metrics, last: readonly string[]): string {
  const lines: string[] = [];
  for (const { name, help, type, values } of metrics) {
    lines.push(`# HELP ${name} ${help.replaceAll('\n', ' ')}`, `# TYPE ${name} ${String(type)}`);
    for (const { metricName = name, labels, value } of values as readonly (MetricValue<string> & {
      readonly metricName?: string;
    })[])
      if (Number.isFinite(value)) lines.push(`${metricName}${labelsAsText(labels, last)} ${value}`);
  }
  return `${lines.join('\n')}\n`;
}

function labelsAsText(labels: Labels, last: readonly string[]): string {
  const names = Object.keys(labels).filter((name) => labels[name] !== undefined);
  if (names.length === 0) return '';
  const rank = (name: string) => (last.includes(name) ? 1 : 0);
  if (names.length > 1) names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return `{${names.map((name) => `${name}="${escaped(String(labels[name]))}"`).join(',')}}`;
}

function escaped(text: string): string {
  return /[\\"\n]/.test(text)
    ? text
        .replaceAll('\\', String.raw`\\`)
        .replaceAll('"', String.raw`\"`)
        .replaceAll('\n', String.raw`\n`)
    : text;
}
