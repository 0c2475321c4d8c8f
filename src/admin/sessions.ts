import { fetchAdminStatus } from '../ipc/admin-client.ts';
import { durationText } from '../lib/duration-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { readFlags } from '../lib/flags.ts';
import { tableLines } from '../lib/table-lines.ts';
import type { AdminCommand } from './command.ts';

export const sessions: AdminCommand = {
  usage: '',
  summary: "The shards' gateway sessions",
  help: ['', 'A session outlives its process: `identifies` and `resumes` are those of the present process.'],
  async run(argv, { socketPath, print }) {
    readFlags(argv, {});
    const { cluster } = await fetchAdminStatus(socketPath);
    const rows = cluster.processes
      .flatMap((process) => process.shards)
      .toSorted((a, b) => a.shardId - b.shardId)
      .map((shard) => [
        String(shard.shardId),
        shard.state,
        shard.sessionStartedAtMs === null ? '-' : durationText(Date.now() - shard.sessionStartedAtMs),
        String(shard.identifies),
        String(shard.resumes),
        String(shard.lastCloseCode ?? '-'),
      ]);
    const heading = ['shard', 'state', 'session', 'identifies', 'resumes', 'last close'];
    for (const line of tableLines([heading, ...rows])) print(line);
    for (const shardId of cluster.missing) print(`shard ${shardId} gives no answer`);
    return cluster.missing.length === 0 ? exitCodes.ok : 1;
  },
};
