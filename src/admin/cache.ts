import { askManager } from '../ipc/admin-client.ts';
import type { CacheStats } from '../ipc/messages.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { tableLines } from '../lib/table-lines.ts';
import type { AdminCommand, AdminContext } from './command.ts';

interface Answer {
  readonly processes: readonly {
    readonly shardIds: readonly number[];
    readonly namespaces?: readonly CacheStats[];
  }[];
}

export const cache: AdminCommand = {
  usage: 'stats | purge NAMESPACE',
  summary: 'What the shards keep in memory, or empties a namespace',
  help: [
    '',
    'purge removes it from the memory of every shard and from Redis; what is asked for next comes from PostgreSQL.',
  ],
  async run(argv, context) {
    const [action, namespace] = argv;
    if (action === 'stats' && argv.length === 1) return stats(context);
    if (action === 'purge' && namespace !== undefined && argv.length === 2) return purge(namespace, context);
    throw new Failure('cache takes stats, or purge and a namespace', exitCodes.usage);
  },
};

async function stats({ socketPath, print }: AdminContext): Promise<number> {
  const { processes } = (await askManager(socketPath, { method: 'GET', path: '/cache' })) as Answer;
  const rows = processes.flatMap(({ shardIds, namespaces }) =>
    (namespaces ?? [undefined]).map((each) => [
      shardIds.join(', '),
      each?.namespace ?? 'no answer',
      each === undefined ? '-' : `${each.entries} of ${each.maxEntries}`,
      each === undefined ? '-' : `${kib(each.bytes)} of ${kib(each.maxBytes)} KiB`,
    ]),
  );
  for (const line of tableLines([['shard', 'namespace', 'entries', 'size'], ...rows])) print(line);
  return exitCodes.ok;
}

/** Rounded up: what is there is not 0. */
function kib(bytes: number): number {
  return Math.ceil(bytes / 1_024);
}

async function purge(namespace: string, { socketPath, print }: AdminContext): Promise<number> {
  const { removed, unpurged } = (await askManager(socketPath, {
    method: 'POST',
    path: `/cache/${encodeURIComponent(namespace)}/purge`,
  })) as { removed: number; unpurged: readonly number[] };
  print(`${removed} entries of ${namespace} removed`);
  if (unpurged.length === 0) return exitCodes.ok;
  print(`no answer from shard ${unpurged.join(', ')}: it may keep entries until they expire`);
  return 1;
}
