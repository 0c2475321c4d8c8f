import type { BreakerStatus } from '../breaker/breaker.ts';
import { askManager } from '../ipc/admin-client.ts';
import { durationText } from '../lib/duration-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { readFlags } from '../lib/flags.ts';
import { tableLines } from '../lib/table-lines.ts';
import type { AdminCommand } from './command.ts';

interface Answer {
  readonly processes: readonly {
    readonly shardIds: readonly number[];
    readonly breakers?: readonly BreakerStatus[];
  }[];
}

export const breakers: AdminCommand = {
  usage: '',
  summary: 'The circuit breakers of every shard process',
  help: [
    '',
    'An open one is not called until its time is over; then one call decides. `failed` and `rejected` are of the last 10 s.',
    'Exit code 1 where one is not closed, or a process gives no answer.',
  ],
  async run(argv, { socketPath, print }) {
    readFlags(argv, {});
    const { processes } = (await askManager(socketPath, { method: 'GET', path: '/breakers' })) as Answer;
    const rows = processes.flatMap(({ shardIds, breakers: all }) =>
      (all ?? []).map((breaker) => [shardIds.join(', '), ...cells(breaker)]),
    );
    const heading = ['shard', 'breaker', 'state', 'since', 'failed', 'rejected', 'last failure'];
    for (const line of tableLines([heading, ...rows])) print(line);
    const silent = processes.filter(({ breakers: all }) => all === undefined);
    for (const { shardIds } of silent) print(`shard ${shardIds.join(', ')} gives no answer`);
    const well = processes.every(({ breakers: all }) => all?.every(({ state }) => state === 'closed'));
    return well ? exitCodes.ok : 1;
  },
};

function cells({ breaker, state, sinceMs, failures, rejected, reason }: BreakerStatus): string[] {
  const since = durationText(Date.now() - sinceMs);
  return [breaker, state, since, String(failures), String(rejected), reason ?? '-'];
}
