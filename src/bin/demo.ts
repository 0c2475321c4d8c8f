import './require-node.js';
import { processEnvironment } from '../config/config.ts';
import { runDemo } from '../demo/demo.ts';
import { readFlags, wholeNumberFlag } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';

await runMain('demo', (stop) => {
  const flags = readFlags(process.argv.slice(2), {
    shards: { type: 'string', default: '2' },
    guilds: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
  });
  const shards = wholeNumberFlag('shards', flags.shards, 1, 64);
  return runDemo({
    shards,
    // Four a shard by default, so that every shard has one.
    guilds: wholeNumberFlag('guilds', flags.guilds ?? String(4 * shards), 1, 50_000),
    smoke: flags.smoke,
    quiet: flags.quiet,
    environment: processEnvironment,
    stop,
    print: (line) => process.stdout.write(`${line}\n`),
  });
});
