import { setTimeout as delay } from 'node:timers/promises';
import { fetchAdminStatus } from '../ipc/admin-client.ts';
import type { AdminStatus, ProcessStatus, ShardStatus } from '../ipc/messages.ts';
import type { ProcessExit, ShardSupervision } from '../ipc/supervision.ts';
import { durationText } from '../lib/duration-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { readFlags } from '../lib/flags.ts';
import { tableLines } from '../lib/table-lines.ts';
import type { AdminCommand, AdminContext } from './command.ts';

const watchMs = 1_000;

export const status: AdminCommand = {
  usage: '[--watch] [--json]',
  summary: 'How every shard of this host is',
  help: [
    '',
    'Shards that share a process show its pid, memory, event loop and restarts each.',
    '',
    '  --watch  again every second, until Ctrl-C',
    '  --json   the whole answer of the manager, one line of JSON each time',
    '',
    'States: starting, ready, disconnected (its gateway connection is being restored), hung (its event loop gives no sign',
    'of life), deaf (its gateway connection does not), waiting (it will be started again), and those that stay down until',
    '`restart`: crash loop, unfit (starting again cannot cure it), drained. Exit code 1 when a shard does not serve.',
  ],
  async run(argv, context) {
    const flags = readFlags(argv, {
      watch: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    });
    for (;;) {
      const answer = await fetchAdminStatus(context.socketPath);
      if (flags.watch && context.terminal && !flags.json) context.print('\x1b[H\x1b[2J');
      context.print(flags.json ? JSON.stringify(answer) : statusText(answer, Date.now(), context.terminal));
      if (!flags.watch || context.stop.aborted)
        return answer.shards.every(({ state }) => state === 'ready') ? exitCodes.ok : 1;
      await delay(watchMs);
    }
  },
};

const heading = [
  'shard',
  'pid',
  'state',
  'guilds',
  'latency',
  'memory',
  'loop p99',
  'session',
  'up',
  'restarts',
  'last exit',
];

/** A table with a row a shard; below it, what needs somebody. */
export function statusText(
  { manager, cluster, shards, reshard }: AdminStatus,
  nowMs: number,
  terminal: AdminContext['terminal'],
): string {
  const rows = shards.map((shard) => {
    const process = cluster.processes.find(({ pid }) => pid === shard.pid);
    return row(shard, process, nowMs);
  });
  const [head = '', rule = '', ...body] = tableLines([heading, ...rows]);
  return [
    `manager ${manager.version}, pid ${manager.pid}, ${manager.metricsUrl}, ${shards.length} of ${cluster.shardCount} shards`,
    ...(reshard === null
      ? []
      : [`resharding: ${reshard.ready} of ${reshard.shardCount} new shards are ready`]),
    '',
    head,
    rule,
    ...body.map((line, index) => (terminal ? coloured(line, shards[index]) : line)),
    ...shards.flatMap(attention),
    ...cluster.processes.flatMap((process) => process.shards.flatMap(obstacle)),
  ].join('\n');
}

function row(shard: ShardSupervision, process: ProcessStatus | undefined, nowMs: number): string[] {
  const seen: ShardStatus | undefined = process?.shards.find(({ shardId }) => shardId === shard.shardId);
  const session = seen?.sessionStartedAtMs ?? undefined;
  return [
    String(shard.shardId),
    String(shard.pid ?? '-'),
    shard.state,
    String(seen?.guilds ?? '-'),
    milliseconds(seen?.gatewayLatencyMs),
    shard.rssBytes === null ? '-' : `${Math.round(shard.rssBytes / 2 ** 20)} MiB`,
    milliseconds(shard.loopP99Ms),
    session === undefined ? '-' : durationText(nowMs - session),
    process === undefined ? '-' : durationText(nowMs - process.startedAtMs),
    String(shard.restarts),
    shard.lastExit === null ? '-' : exitText(shard.lastExit, nowMs),
  ];
}

function milliseconds(value: number | null | undefined): string {
  return typeof value === 'number' ? `${value} ms` : '-';
}

function exitText(exit: ProcessExit, nowMs: number): string {
  return `${exit.signal ?? exit.code}, ${durationText(nowMs - exit.atMs)} ago`;
}

/** The colour repeats what the state says. */
function coloured(line: string, shard: ShardSupervision | undefined): string {
  if (shard?.state === 'ready') return line;
  return `${shard?.state === 'starting' ? '\x1b[33m' : '\x1b[31m'}${line}\x1b[0m`;
}

function obstacle({ shardId, state, obstacle: text }: ShardStatus): string[] {
  return state === 'ready' || text === null ? [] : ['', `shard ${shardId}: waiting: ${text}`];
}

function attention({ shardId, state, lastExit, nextStartAtMs }: ShardSupervision): string[] {
  const help: Partial<Record<ShardSupervision['state'], string>> = {
    'crash loop': `it ended too often; \`npm run admin -- restart ${shardId}\` starts it again`,
    unfit: `starting it again cannot cure this; mend it, then \`npm run admin -- restart ${shardId}\``,
    drained: `\`npm run admin -- restart ${shardId}\` brings it back`,
    waiting: nextStartAtMs === null ? '' : `next start at ${new Date(nextStartAtMs).toISOString()}`,
  };
  const text = help[state];
  if (text === undefined) return [];
  const exit = state === 'drained' ? null : lastExit;
  return [
    '',
    `shard ${shardId}: ${state}; ${text}`,
    ...(exit === null ? [] : [`  last exit: ${exit.reason}`, ...exit.lines.map((line) => `  | ${line}`)]),
  ];
}
