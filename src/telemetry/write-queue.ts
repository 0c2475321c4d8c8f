import { Counter, Gauge, Histogram } from './telemetry.ts';

/** `kind` is one of the few that the code defines. */
const labelNames = ['kind'];

export const queueDepth = new Gauge({
  name: 'shoal_write_queue_depth',
  help: 'Facts that are logged on disk and not yet written to PostgreSQL',
  labelNames,
});

/** Set whenever a batch is tried, which is every 5 s at least while any wait. */
export const queueOldestSeconds = new Gauge({
  name: 'shoal_write_queue_oldest_seconds',
  help: 'Age of the oldest fact that is not yet written to PostgreSQL; 0 without one',
  labelNames,
});

export const queueBatchSize = new Histogram({
  name: 'shoal_write_queue_batch_size',
  help: 'Facts in each statement that PostgreSQL has carried out',
  labelNames,
  buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
});

/** result: new, or known (a replay of what was written before). */
export const queueWrittenTotal = new Counter({
  name: 'shoal_write_queue_written_total',
  help: 'Facts that PostgreSQL has, by whether it had them before',
  labelNames: ['kind', 'result'],
});

/** reason: full (the bound on waiting facts), disk (its log cannot be written), closed (the process is stopping), invalid. */
export const queueShedTotal = new Counter({
  name: 'shoal_write_queue_shed_total',
  help: 'Facts that were refused and are lost, by reason',
  labelNames: ['kind', 'reason'],
});

export const queueDeadLettersTotal = new Counter({
  name: 'shoal_write_queue_dead_letters_total',
  help: 'Facts that PostgreSQL refused and that were put aside in dead_facts',
  labelNames,
});

/** From a fast disk (0.1 ms) to one that makes facts wait. */
export const syncSeconds = new Histogram({
  name: 'shoal_write_queue_fsync_seconds',
  help: 'Seconds that an fsync of the log took',
  buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1],
});
