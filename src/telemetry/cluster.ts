import { Counter, Gauge } from './telemetry.ts';

/** Kept by the manager. 1 while the shard's process says that it serves, else 0. `shard` is bounded by the shard count. */
export const shardReady = new Gauge({
  name: 'shoal_shard_ready',
  help: '1 while the shard serves',
  labelNames: ['shard'],
});

/** reason: the exit code, or the signal that ended the process. */
export const shardExitsTotal = new Counter({
  name: 'shoal_shard_exits_total',
  help: 'Unexpected ends of shard processes, by reason',
  labelNames: ['reason'],
});
