import './require-node.js';
import { jobsConfig, processEnvironment } from '../config/config.ts';
import { features } from '../features/features.ts';
import { runDeadJobs } from '../jobs/dead-jobs.ts';
import { runJobs } from '../jobs/jobs.ts';
import { runMain } from '../lib/run-main.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

await runMain('jobs', (stop) => {
  const config = jobsConfig(processEnvironment);
  const args = process.argv.slice(2);
  if (args.length > 0) return runDeadJobs(config, args, print);
  // `ready` is what PM2 waits for with wait_ready.
  return runJobs(config, features, stop, () => {
    if (process.connected) process.send?.('ready');
  });
});
