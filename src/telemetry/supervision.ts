import { Counter, Gauge } from './telemetry.ts';

/**
 * Kept by the manager. reason: crash (it ended by itself), hung, deaf, operator (a restart that was asked for). `shard` names the shards of
 * the process (`3`, or `4,5`), as in its own metrics, and is bounded by the shard count.
 */
export const shardRestartsTotal = new Counter({
  name: 'shoal_shard_restarts_total',
  help: 'Shard processes started to replace another one, by shard and reason',
  labelNames: ['shard', 'reason'],
});

/** Else the first event of a reason would make its series, which increase() does not see: 64 shards that hang at once would be none. */
export function beginRestarts(shard: string): void {
  for (const reason of ['crash', 'hung', 'deaf', 'operator']) shardRestartsTotal.inc({ shard, reason }, 0);
}

/** Kept by the manager. Until it is 1 the shard may be waiting for its turn to identify. `shard` is bounded by the shard count. */
export const shardServed = new Gauge({
  name: 'shoal_shard_served',
  help: '1 once the shard has served since the manager started',
  labelNames: ['shard'],
});

/** Kept by the manager. `shard` is bounded by the shard count. */
export const shardDrained = new Gauge({
  name: 'shoal_shard_drained',
  help: '1 while an operator keeps the shard out of service',
  labelNames: ['shard'],
});

/** Kept by the manager. 1 while the process's event loop or its gateway is silent. `shard` is bounded by the shard count. */
export const shardHung = new Gauge({
  name: 'shoal_shard_hung',
  help: '1 while the shard gives no sign of life',
  labelNames: ['shard'],
});

/** Kept by the manager. 1 while the shard stays down until an operator restarts it. */
export const shardHeldDown = new Gauge({
  name: 'shoal_shard_crash_loop',
  help: '1 while the shard stays down after a crash loop or a failure that a restart cannot cure',
  labelNames: ['shard'],
});
