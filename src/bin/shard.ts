import './require-node.js';
import { processEnvironment, shardConfig } from '../config/config.ts';
import { features } from '../features/features.ts';
import { reportFailure } from '../ipc/ipc.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';
import { runShard } from '../shard/shard.ts';

// Ctrl-C reaches every process of a terminal; a shard ends when the manager says so.
process.on('SIGINT', () => {});

async function main(stop: AbortSignal): Promise<number> {
  const config = shardConfig(processEnvironment);
  const flag = { type: 'boolean', default: false } as const;
  return runShard(
    config,
    features,
    process,
    stop,
    readFlags(process.argv.slice(2), { standby: flag, muted: flag }),
  );
}

await runMain('shard', main, {
  stopSignals: ['SIGTERM'],
  // The manager says it once for all shards.
  async report(reason) {
    if (!(await reportFailure(process, reason))) process.stderr.write(`shard: ${reason}\n`);
  },
});
