import './require-node.js';
import { ownerConfig, processEnvironment } from '../config/config.ts';
import { checkDatabase } from '../db/check.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';

await runMain(
  'db:check',
  async () => {
    readFlags(process.argv.slice(2), {});
    process.stdout.write(`${await checkDatabase(ownerConfig(processEnvironment).directUrl)}\n`);
    return exitCodes.ok;
  },
  { stopSignals: [] },
);
