import { askManager } from '../ipc/admin-client.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { AdminCommand } from './command.ts';
import { shardIdArgument } from './shard-id.ts';

export const drain: AdminCommand = {
  usage: 'ID',
  summary: 'Takes a shard out of service until it is restarted',
  help: [
    '',
    'Where it shares a process, the others of that process go with it.',
    'It finishes the commands under way and ends. Its members get no answers meanwhile. `restart ID` brings it back, within',
    'about 5 minutes on the same gateway session, which then brings what happened since.',
  ],
  async run(argv, { socketPath, print }) {
    if (argv.length > 1) throw new Failure('drain takes one shard at a time', exitCodes.usage);
    const shard = shardIdArgument('drain', argv[0]);
    const { shards } = (await askManager(socketPath, {
      method: 'POST',
      path: '/drain',
      body: { shard },
      deadlineMs: 20_000,
    })) as { shards: readonly number[] };
    const which = shards.length === 1 ? `shard ${shard} is` : `shards ${shards.join(', ')}, one process, are`;
    print(`${which} drained; npm run admin -- restart ${shard} brings it back`);
    return exitCodes.ok;
  },
};
