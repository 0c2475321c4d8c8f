import './require-node.js';
import { exitCodes } from '../lib/exit-codes.ts';
import { runMain } from '../lib/run-main.ts';
import { runReport } from '../report/report.ts';

await runMain(
  'report',
  async () => {
    await runReport(process.argv.slice(2), (line) => void process.stdout.write(`${line}\n`));
    return exitCodes.ok;
  },
  { stopSignals: [] },
);
