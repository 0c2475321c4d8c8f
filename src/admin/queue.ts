import { askManager } from '../ipc/admin-client.ts';
import { durationText } from '../lib/duration-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { tableLines } from '../lib/table-lines.ts';
import type { KindStatus, Replay } from '../queue/queue.ts';
import type { AdminCommand, AdminContext } from './command.ts';

interface Answer {
  readonly processes: readonly {
    readonly shardIds: readonly number[];
    readonly kinds?: readonly KindStatus[];
  }[];
  readonly dead: number | null;
}

export const queue: AdminCommand = {
  usage: '[replay]',
  summary: 'What waits to be written by every shard process, or tries the refused again',
  help: [
    '',
    '`refused` (by PostgreSQL, put aside in the table dead_facts) and `shed` (no room or no disk, lost) count since the process started.',
    'replay tries all of dead_facts again; what is refused again stays there with its reason.',
    'Exit code 1 where dead facts are left, or a process gives no answer.',
  ],
  async run(argv, context) {
    const [action] = argv;
    if (action === undefined) return show(context);
    if (action === 'replay' && argv.length === 1) return replay(context);
    throw new Failure('queue takes nothing, or replay', exitCodes.usage);
  },
};

async function show({ socketPath, print }: AdminContext): Promise<number> {
  const { processes, dead } = (await askManager(socketPath, { method: 'GET', path: '/queue' })) as Answer;
  const rows = processes.flatMap(({ shardIds, kinds }) =>
    (kinds ?? []).map((kind) => [shardIds.join(', '), ...cells(kind)]),
  );
  const heading = ['shard', 'kind', 'waiting', 'oldest', 'on disk', 'refused', 'shed'];
  for (const line of tableLines([heading, ...rows])) print(line);
  const silent = processes.filter(({ kinds }) => kinds === undefined);
  for (const { shardIds } of silent) print(`shard ${shardIds.join(', ')} gives no answer`);
  print(`${dead ?? 'an unknown number of'} dead facts in the database`);
  return silent.length === 0 && dead === 0 ? exitCodes.ok : 1;
}

function cells({ kind, depth, oldestMs, bytes, deadLetters, shed }: KindStatus): string[] {
  const oldest = oldestMs === null ? '-' : durationText(oldestMs);
  return [kind, String(depth), oldest, `${Math.ceil(bytes / 1024)} KiB`, String(deadLetters), String(shed)];
}

async function replay({ socketPath, print }: AdminContext): Promise<number> {
  let [written, refused] = [0, 0];
  for (let after: Replay['next'] = { kind: '', key: '' }; after !== undefined;) {
    const answer = (await askManager(socketPath, {
      method: 'POST',
      path: '/queue/replay',
      body: after,
    })) as Replay;
    written += answer.written;
    refused += answer.refused;
    after = answer.next;
  }
  print(`${written} written, ${refused} refused again`);
  return refused === 0 ? exitCodes.ok : 1;
}
