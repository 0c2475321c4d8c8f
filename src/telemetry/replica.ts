import { Counter, Gauge } from './telemetry.ts';

/**
 * Where reads that tolerate lag went. source: replica; or primary for a reason: lagging (beyond the bound, or its state not
 * known), wrote (the replica does not have the reader's own write yet), failed (the replica did not answer).
 */
export const dbReadsTotal = new Counter({
  name: 'shoal_db_reads_total',
  help: 'Reads that tolerate lag, by where they went and why',
  labelNames: ['source'],
});

/**
 * At the last look, at most a second before the last such read; the age of what the replica is known to have, or was when it last
 * answered. pool: replica; without one there is no series.
 */
export const dbReplicaLagSeconds = new Gauge({
  name: 'shoal_db_replica_lag_seconds',
  help: 'Seconds since the read replica was known to have all that the primary had',
  labelNames: ['pool'],
});
