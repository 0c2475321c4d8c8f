import './require-node.js';
import { processEnvironment } from '../config/config.ts';
import { aborted } from '../lib/aborted.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';
import { startLocalServers, type LocalServers } from '../local/local.ts';

// Where every server was given, nothing else holds the process.
setInterval(() => {}, 60_000);

await runMain('servers', async (stop) => {
  const { json } = readFlags(process.argv.slice(2), { json: { type: 'boolean', default: false } });
  try {
    const servers = await startLocalServers({
      environment: processEnvironment,
      onProgress: (line) => process.stderr.write(`${line}\n`),
      signal: stop,
    });
    process.stdout.write(
      json ? `${JSON.stringify({ env: servers.env, parts: servers.parts })}\n` : shellLines(servers.env),
    );
    await Promise.race([aborted(stop), servers.ended]);
    if (!stop.aborted) throw new Failure('the servers have ended by themselves', exitCodes.software);
    process.stderr.write('stopping the servers\n');
    await servers.stop();
  } catch (error) {
    // A start given up on request has ended as asked.
    if (!stop.aborted) throw error;
  }
  return exitCodes.ok;
});

/** Lines that a shell can `eval` or `source`. */
function shellLines(env: LocalServers['env']): string {
  return Object.entries(env)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", String.raw`'\''`)}'\n`)
    .join('');
}
