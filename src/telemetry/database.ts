import { Counter, Gauge, Histogram } from './telemetry.ts';

/**
 * From the call to the answer, the wait for a connection included. `query` is one of the product's fixed names.
 * outcome: ok, a `DbErrorCode`, or aborted (the caller's own code threw). Buckets surround a round trip (0.1 to 1 ms),
 * the line of the slow (250 ms) and the default deadline (1.5 s).
 */
export const dbQuerySeconds = new Histogram({
  name: 'shoal_db_query_seconds',
  help: 'Seconds from a query being asked for to its answer, by query and outcome',
  labelNames: ['query', 'outcome'],
  buckets: [0.0005, 0.001, 0.0025, 0.01, 0.05, 0.25, 1, 1.5, 5],
});

/** pool: primary, replica. state: busy, idle. Never more than PG_POOL_MAX in all. */
export const dbConnections = new Gauge({
  name: 'shoal_db_connections',
  help: 'Connections of this process to PostgreSQL, by pool and state',
  labelNames: ['pool', 'state'],
});

export const dbWaiting = new Gauge({
  name: 'shoal_db_waiting',
  help: 'Queries that wait for a connection, by pool',
  labelNames: ['pool'],
});

/** After a serialization failure or a deadlock; each is one more round of the whole transaction. */
export const dbRetriesTotal = new Counter({
  name: 'shoal_db_retries_total',
  help: 'Transactions that were tried again because PostgreSQL undid them, by query',
  labelNames: ['query'],
});
