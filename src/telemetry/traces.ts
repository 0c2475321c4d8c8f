import { Counter } from './telemetry.ts';

/** Registered only where traces are on. */
export const tracesDroppedTotal = new Counter({
  name: 'shoal_traces_dropped_total',
  help: 'Spans that did not reach the collector, because it failed or they were too many',
});
