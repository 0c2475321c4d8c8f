import './require-node.js';
import { ownerConfig, processEnvironment } from '../config/config.ts';
import { restore } from '../db/restore.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';

await runMain('restore', async (stop) => {
  const { file } = readFlags(process.argv.slice(2), { file: { type: 'string' } });
  if (file === undefined)
    throw new Failure('--file is missing: npm run restore -- --file backups/shoal-….dump', exitCodes.usage);
  const { directUrl: url, path } = ownerConfig(processEnvironment);
  const count = await restore({ url, path, stop, file });
  process.stdout.write(
    `restore: ${count} tables and sequences of ${file}; now run npm run migrate, which lets the bot in\n`,
  );
  return exitCodes.ok;
});
