import './require-node.js';
import { runAdmin } from '../admin/admin.ts';
import { adminConfig, processEnvironment } from '../config/config.ts';
import { runMain } from '../lib/run-main.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

await runMain(
  'admin',
  (stop) => runAdmin(process.argv.slice(2), { ...adminConfig(processEnvironment), print, stop }),
  {
    stopSignals: [],
  },
);
