import { Gauge } from './telemetry.ts';

/** What is counted for a shard process as a whole is divided by it where a bound is meant for each shard. */
export const processShards = new Gauge({
  name: 'shoal_process_shards',
  help: 'Shards of this process',
});
