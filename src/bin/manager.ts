import './require-node.js';
import { runManager } from '../cluster/cluster.ts';
import { processEnvironment } from '../config/config.ts';
import { managerConfig } from '../config/manager.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';

await runMain('manager', (stop) => {
  readFlags(process.argv.slice(2), {});
  // `ready` is what PM2 waits for with wait_ready.
  return runManager(managerConfig(processEnvironment), stop, () => {
    if (process.connected) process.send?.('ready');
  });
});
