import { isDeepStrictEqual } from 'node:util';
import { metricsSnapshot } from '../../src/telemetry/telemetry.ts';

interface Sample {
  readonly metricName?: string;
  readonly labels: Readonly<Record<string, unknown>>;
  readonly value: number;
}

/** A sample of this process's own metrics by its full name (`x_count` for a histogram) and exactly these labels; 0 when there is none. */
export async function metricValue(name: string, labels: Readonly<Record<string, string>>): Promise<number> {
  return (
    (await metricSamples(name)).find((sample) => isDeepStrictEqual({ ...sample.labels }, labels))?.value ?? 0
  );
}

export async function metricSamples(name: string): Promise<readonly Sample[]> {
  const families = (await metricsSnapshot()) as readonly { name: string; values: readonly Sample[] }[];
  return families.flatMap((family) =>
    family.values.filter((sample) => (sample.metricName ?? family.name) === name),
  );
}
