import { getHeapStatistics } from 'node:v8';
import { Counter, Gauge, Histogram, collectDefaultMetrics, register } from 'prom-client';
import { metricsAsText, type Metrics } from './metrics-text.ts';

/** What `nodejs_heap_size_used_bytes` is measured against: there V8 gives up. */
const heapLimit = new Gauge({
  name: 'shoal_heap_limit_bytes',
  help: 'The size at which the heap of this process is full',
});

let processLabels: readonly string[] = [];

/** Labels every series of this process (a shard process: its shard ids) and starts the runtime's own metrics. */
export function startMetrics(labels: Readonly<Record<string, string>>): void {
  processLabels = Object.keys(labels);
  register.setDefaultLabels(labels);
  collectDefaultMetrics();
  heapLimit.set(getHeapStatistics().heap_size_limit);
}

/** The metrics of this process as data. */
export function metricsSnapshot(): Promise<Metrics> {
  return register.getMetricsAsJSON();
}

/** The metrics of this process as Prometheus reads them. */
export async function metricsText(): Promise<string> {
  return metricsAsText(await metricsSnapshot(), processLabels);
}

export const metricsContentType: string = register.contentType;

export { Counter, Gauge, Histogram };
