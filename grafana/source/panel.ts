/** Of Grafana's units those that Shoal uses: seconds, shares of 1, bytes, things a second, counted things. */
export type Unit = 's' | 'percentunit' | 'bytes' | 'ops' | 'short';

export interface Query {
  /**
   * PromQL. `$__rate_interval` is the range of a rate, `$name` what is chosen for a variable of the dashboard. The matchers
   * of `$job` and `$instance` are added to every series when Grafana's JSON is written.
   */
  readonly expr: string;
  /** What the series is called; `{{label}}` is the label's value. */
  readonly legend: string;
}

/** From which value on it is worth a look, and bad; `low`: below which. They are drawn, and are those of the alerts. */
export interface Limits {
  readonly warn?: number;
  readonly bad?: number;
  readonly low?: true;
}

/** What the values 0, 1 and 2 of a state mean, in words, so that the colour is not needed. */
export type States = readonly [good: string, warn: string, bad: string];

export interface Panel {
  readonly title: string;
  readonly description: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** graph: over time; number: the value now; state: one of `states` now; timeline: states over time; table: a row for each series. */
  readonly kind?: 'graph' | 'number' | 'state' | 'timeline' | 'table';
  readonly limits?: Limits;
  readonly states?: States;
  /** Series on top of each other: where their sum means something. */
  readonly stacked?: true;
  /** The alerts that watch it; the panel links to their sections of the runbook. */
  readonly alerts?: readonly string[];
}

/** A choice at the top of a dashboard: a label, and a series that has it. */
export interface Variable {
  readonly label: string;
  readonly series: string;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Dashboard {
  /** Where the alerts link to: `/d/<uid>`. */
  readonly uid: `shoal-${string}`;
  readonly title: string;
  readonly description: string;
  readonly variables?: readonly Variable[];
  readonly rows: readonly Row[];
}

export function query(expr: string, legend = ''): Query {
  return { expr, legend };
}

/** The median, and what one in twenty and one in a hundred wait, of a histogram. */
export function quantiles(histogram: string): Query[] {
  const shares = { median: 0.5, '95 %': 0.95, '99 %': 0.99 };
  return Object.entries(shares).map(([name, share]) => query(quantile(share, histogram), name));
}

/** A quantile of a histogram; `by`: of each value of a label. */
export function quantile(share: number, histogram: string, by?: string): string {
  const [name = '', matchers = ''] = histogram.split(/(?=\{)/);
  const labels = by === undefined ? 'le' : `le, ${by}`;
  return `histogram_quantile(${share}, sum by (${labels}) (rate(${name}_bucket${matchers}[$__rate_interval])))`;
}

/** How often a counter rises in a second, summed by a label. */
export function perSecond(counter: string, by: string): string {
  return `sum by (${by}) (rate(${counter}[$__rate_interval]))`;
}
