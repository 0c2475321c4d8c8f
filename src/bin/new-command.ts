import './require-node.js';
import { fileURLToPath } from 'node:url';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { runMain } from '../lib/run-main.ts';
import { scaffoldFeature } from '../scaffold/scaffold.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

await runMain(
  'new-command',
  () => {
    const [name, ...more] = process.argv.slice(2);
    if (name === undefined || more.length > 0)
      throw new Failure('give it one name: npm run new:command coin-flip', exitCodes.usage);
    const files = scaffoldFeature(root, name);
    const lines = files.map((file) => `  ${file}\n`).join('');
    process.stdout.write(`written:\n${lines}see it: npm run demo\n`);
    return Promise.resolve(exitCodes.ok);
  },
  { stopSignals: [] },
);
