import './require-node.js';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';
import { productionSecrets } from '../local/production-secrets.ts';

await runMain(
  'make-secrets',
  async () => {
    const { out } = readFlags(process.argv.slice(2), { out: { type: 'string', default: 'secrets' } });
    try {
      // Of the folder nobody else may see anything; the files are mounted one by one, for the users of several containers.
      await mkdir(out, { mode: 0o700 });
      for (const [name, text] of Object.entries(productionSecrets()))
        await writeFile(path.join(out, name), `${text}\n`, { flag: 'wx', mode: 0o444 });
    } catch (error) {
      const advice =
        'PostgreSQL keeps the passwords that it was made with: an existing folder is never overwritten';
      throw new Failure(`${errorText(error)}; name another folder with --out (${advice})`, exitCodes.config);
    }
    process.stdout.write(
      `make-secrets: wrote ${out}; now put the bot's token into ${out}/discord_token, where alerts go into ${out}/alert_*, and the dead man's switch's URL into alertmanager/alertmanager.yml\n`,
    );
    return exitCodes.ok;
  },
  { stopSignals: [] },
);
