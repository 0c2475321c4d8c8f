import { askManager } from '../ipc/admin-client.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { AdminCommand } from './command.ts';

export const logLevel: AdminCommand = {
  usage: 'trace | debug | info | warn | error | fatal | silent',
  summary: 'Changes what all processes log, until the manager ends',
  help: [],
  async run(argv, { socketPath, print }) {
    const [level] = argv;
    if (level === undefined || argv.length > 1)
      throw new Failure('log-level takes one level', exitCodes.usage);
    const { unchanged } = (await askManager(socketPath, {
      method: 'POST',
      path: '/log-level',
      body: { level },
    })) as { unchanged: readonly number[] };
    if (unchanged.length === 0) {
      print(`every process logs at ${level} now`);
      return exitCodes.ok;
    }
    print(`no answer from shard ${unchanged.join(', ')}; the other processes log at ${level} now`);
    return 1;
  },
};
