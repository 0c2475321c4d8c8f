import './require-node.js';
import { fileURLToPath } from 'node:url';
import { migrateConfig, processEnvironment } from '../config/config.ts';
import { migrate } from '../db/migrate.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';
import { createLogger } from '../telemetry/log.ts';

await runMain(
  'migrate',
  async () => {
    const { plan } = readFlags(process.argv.slice(2), { plan: { type: 'boolean' } });
    const config = migrateConfig(processEnvironment);
    const names = await migrate({
      directUrl: config.directUrl,
      appRole: config.appRole,
      folder: fileURLToPath(new URL('../../migrations', import.meta.url)),
      log: createLogger({ process: 'migrate', ...config.log }),
      plan: plan === true,
    });
    const done = plan === true ? 'would apply' : 'applied';
    process.stdout.write(
      names.length === 0 ? 'migrate: nothing to apply\n' : `migrate: ${done} ${names.join(', ')}\n`,
    );
    return exitCodes.ok;
  },
  { stopSignals: [] },
);
