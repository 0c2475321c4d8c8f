import { askManager } from '../ipc/admin-client.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { tableLines } from '../lib/table-lines.ts';
import type { AdminCommand } from './command.ts';

export const settings: AdminCommand = {
  usage: 'GUILD',
  summary: "A guild's settings, as its shard sees them",
  help: ['', "GUILD is the guild's id. Version 0: the guild has never changed them."],
  async run(argv, { socketPath, print }) {
    const [guild] = argv;
    if (guild === undefined || argv.length > 1)
      throw new Failure("settings takes a guild's id", exitCodes.usage);
    const answer = await askManager(socketPath, {
      method: 'GET',
      path: `/settings/${encodeURIComponent(guild)}`,
    });
    const rows = Object.entries(answer as Record<string, unknown>);
    const cells = rows.map(([name, value]) => [
      name,
      value === null ? '-' : typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    for (const line of tableLines([['setting', 'value'], ...cells])) print(line);
    return exitCodes.ok;
  },
};
