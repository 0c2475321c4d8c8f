import { z } from 'zod';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';

/** A value at a time (Unix seconds); Prometheus writes values as text, also NaN and +Inf. */
const sample = z.tuple([z.number(), z.string()]);
const labels = z.record(z.string(), z.string());
const answer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('success'), data: z.unknown() }),
  z.object({ status: z.literal('error'), error: z.string() }),
]);
const matrix = z.object({ result: z.array(z.object({ metric: labels, values: z.array(sample) })) });
const vector = z.object({ result: z.array(z.object({ metric: labels, value: sample })) });
const targets = z.object({ activeTargets: z.array(z.object({ scrapeInterval: z.string() })) });

export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Time in Unix seconds, and value; NaN where there was nothing to divide by. */
  readonly points: readonly (readonly [at: number, value: number])[];
}

/** In Unix seconds. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

/** Prometheus' HTTP API (prometheus.io/docs/prometheus/latest/querying/api). Its methods throw a `Failure`. */
export class Prometheus {
  readonly url: URL;

  constructor(url: URL) {
    this.url = url;
  }

  /** Values over a time. */
  async over(expr: string, { start, end, step }: Range): Promise<Series[]> {
    const parameters = { query: expr, start: `${start}`, end: `${end}`, step: `${step}` };
    const { result } = await this.#ask('query_range', parameters, matrix);
    return result.map(({ metric, values }) => ({ labels: metric, points: values.map(point) }));
  }

  /** Values at one time. */
  async at(expr: string, time: number): Promise<Series[]> {
    const { result } = await this.#ask('query', { query: expr, time: `${time}` }, vector);
    return result.map(({ metric, value }) => ({ labels: metric, points: [point(value)] }));
  }

  /** The longest time between two scrapes of a target, in seconds. */
  async scrapeInterval(): Promise<number> {
    const { activeTargets } = await this.#ask('targets', { state: 'active' }, targets);
    return Math.max(1, ...activeTargets.map(({ scrapeInterval }) => seconds(scrapeInterval)));
  }

  async #ask<T>(
    path: string,
    parameters: Readonly<Record<string, string>>,
    schema: z.ZodType<T>,
  ): Promise<T> {
    const base = this.url.href.replace(/\/$/, '');
    const address = `${base}/api/v1/${path}?${new URLSearchParams(parameters).toString()}`;
    let body: unknown;
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(30_000) });
      body = await response.json();
    } catch (error) {
      throw new Failure(
        `no Prometheus answers at ${base} (${errorText(error)}); --prometheus names its address`,
      );
    }
    const said = answer.safeParse(body);
    if (!said.success) throw new Failure(`what answers at ${base} is no Prometheus`);
    if (said.data.status === 'error')
      throw new Failure(
        `Prometheus refuses ${JSON.stringify(parameters['query'] ?? path)}: ${said.data.error}`,
        exitCodes.data,
      );
    return schema.parse(said.data.data);
  }
}

function point([at, value]: readonly [number, string]): [number, number] {
  return [at, value === '+Inf' ? Infinity : value === '-Inf' ? -Infinity : Number(value)];
}

/** Of a duration as Prometheus writes it: `15s`, `1m30s`. */
function seconds(duration: string): number {
  const units = { ms: 0.001, s: 1, m: 60, h: 3_600 } as const;
  return duration
    .matchAll(/(\d+)(ms|s|m|h)/g)
    .reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], 0);
}
