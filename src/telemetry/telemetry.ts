import { getHeapStatistics } from 'node:v8';
import {
  AggregatorRegistry,
  Counter,
  Gauge,
  Histogram,
  collectDefaultMetrics,
  register,
  type MetricObject,
} from 'prom-client';

/** The metrics of one process as data, to be sent over IPC and merged by `mergeMetrics`. */
export type MetricsSnapshot = readonly object[];

/** What `nodejs_heap_size_used_bytes` is measured against: there V8 gives up. */
const heapLimit = new Gauge({
  name: 'shoal_heap_limit_bytes',
  help: 'The size at which the heap of this process is full',
});

/** Labels every series of this process (a shard process: its shard ids) and starts the runtime's own metrics. */
export function startMetrics(labels: Readonly<Record<string, string>>): void {
  register.setDefaultLabels(labels);
  collectDefaultMetrics();
  heapLimit.set(getHeapStatistics().heap_size_limit);
}

export async function metricsSnapshot(): Promise<MetricsSnapshot> {
  const metrics = await register.getMetricsAsJSON();
  // The aggregator drops some of the runtime's own (the start time), since adding them up makes no sense; ours are never added up.
  return metrics.map((metric) => ({
    ...metric,
    aggregator: metric.aggregator === 'omit' ? 'first' : metric.aggregator,
  }));
}

export const metricsContentType: string = register.contentType;

/** Prometheus text of several processes. Their default labels differ, so that no two series are added up. */
export function mergeMetrics(snapshots: readonly MetricsSnapshot[]): Promise<string> {
  return AggregatorRegistry.aggregate(snapshots as MetricObject[][]).metrics();
}

export { Counter, Gauge, Histogram };
