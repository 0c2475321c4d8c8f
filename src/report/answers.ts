import { concrete, type Panel } from '../../grafana/source/source.ts';
import type { Prometheus, Range, Series } from './prometheus.ts';

/** A series by the name that it has in the panel. */
export interface Named {
  readonly name: string;
  readonly series: Series;
  /** At the end of what was asked for; NaN where it ended more than a step before. */
  readonly now: number;
}

/** A panel and what Prometheus knows about it. */
export interface Answered {
  readonly panel: Panel;
  readonly found: readonly Named[];
}

export type Level = 'good' | 'warn' | 'bad';

/** Asks what the panel asks: over the time where it shows one, else at its end. */
export async function answered(
  panel: Panel,
  prometheus: Prometheus,
  range: Range,
  rateInterval: string,
): Promise<Answered> {
  const overTime = panel.kind !== 'state' && panel.kind !== 'table';
  const results = await Promise.all(
    panel.queries.map(async ({ expr, legend }) => {
      const text = concrete(expr, rateInterval);
      const found = overTime ? await prometheus.over(text, range) : await prometheus.at(text, range.end);
      return found
        .filter(({ points }) => points.some(([, value]) => !Number.isNaN(value)))
        .map((series) => ({ name: nameOf(legend, series.labels), series, now: valueNow(series, range) }));
    }),
  );
  return { panel, found: results.flat() };
}

function nameOf(legend: string, labels: Readonly<Record<string, string>>): string {
  const named = legend.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? '').trim();
  // A bare number is a shard.
  return named === '' ? 'all' : named.replace(/^(?=[\d,]+$)/, 'shard ');
}

export function valueNow({ points }: Series, { end, step }: Range): number {
  const [at, value] = points.at(-1) ?? [-Infinity, Number.NaN];
  return at < end - step ? Number.NaN : value;
}

/** The worst of a panel's present values, by its limits. */
export function levelOf({ panel: { limits = {}, states }, found }: Answered): Level {
  const { warn, bad, low } = states === undefined ? limits : { warn: 1, bad: 2 };
  const beyond = (limit: number | undefined) =>
    limit !== undefined && found.some(({ now }) => (low === true ? now < limit : now >= limit));
  return beyond(bad) ? 'bad' : beyond(warn) ? 'warn' : 'good';
}
