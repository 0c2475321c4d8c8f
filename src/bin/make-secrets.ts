import './require-node.js';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
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
      // Of the folder nobody else may see anything; what is in it is mounted, for the users of several containers.
      await mkdir(out, { mode: 0o700 });
      for (const [name, text] of Object.entries(productionSecrets()))
        await writeReadable(path.join(out, name), `${text}\n`);
      await mkdir(path.join(out, 'optional'));
      await chmod(path.join(out, 'optional'), 0o755);
    } catch (error) {
      const advice =
        'PostgreSQL keeps the passwords that it was made with: an existing folder is never overwritten';
      throw new Failure(`${errorText(error)}; name another folder with --out (${advice})`, exitCodes.config);
    }
    process.stdout.write(
      `make-secrets: wrote ${out}; now put the bot's token there (install -m 444 /dev/stdin ${out}/discord_token), where alerts go likewise into ${out}/alert_*, and the dead man's switch's URL into alertmanager/alertmanager.yml\n`,
    );
    return exitCodes.ok;
  },
  { stopSignals: [] },
);

/** Whatever the umask: a container's user is another than the one who makes them. */
async function writeReadable(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: 'wx', mode: 0o400 });
  await chmod(file, 0o444);
}
