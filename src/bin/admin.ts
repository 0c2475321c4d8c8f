import './require-node.js';
import { adminStatus } from '../admin/admin.ts';
import { adminConfig, processEnvironment } from '../config/config.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';

const usage = 'usage: npm run admin -- status [--json]';

await runMain(
  'admin',
  async () => {
    const [command, ...flags] = process.argv.slice(2);
    const { json } = readFlags(flags, { json: { type: 'boolean', default: false } });
    if (command !== 'status') throw new Failure(usage, exitCodes.usage);
    process.stdout.write(`${await adminStatus(adminConfig(processEnvironment).adminSocket, json)}\n`);
    return exitCodes.ok;
  },
  { stopSignals: [] },
);
