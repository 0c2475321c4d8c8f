import './require-node.js';
import { processEnvironment } from '../config/config.ts';
import { shardConfig } from '../config/shard.ts';
import { features } from '../features/features.ts';
import { reportFailure, reportMetrics } from '../ipc/ipc.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';
import { runShard } from '../shard/shard.ts';
import { metricsText } from '../telemetry/telemetry.ts';

// Ctrl-C reaches every process of a terminal; a shard ends when the manager says so.
process.on('SIGINT', () => {});

async function main(stop: AbortSignal): Promise<number> {
  const config = shardConfig(processEnvironment);
  const flag = { type: 'boolean', default: false } as const;
  const flags = readFlags(process.argv.slice(2), { standby: flag, muted: flag });
  try {
    return await runShard(config, features, process, stop, flags);
  } finally {
    await reportMetrics(process, await metricsText());
  }
}

await runMain('shard', main, {
  stopSignals: ['SIGTERM'],
  // The manager says it once for all shards.
  async report(reason) {
    if (!(await reportFailure(process, reason))) process.stderr.write(`shard: ${reason}\n`);
  },
});
