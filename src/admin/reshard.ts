import { askManager, reshardSteps } from '../ipc/admin-client.ts';
import type { ReshardProgress } from '../ipc/supervision.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { AdminCommand } from './command.ts';

export const reshard: AdminCommand = {
  usage: 'COUNT | abort',
  summary: 'Changes the number of shards while the bot serves, with nothing lost',
  help: [
    '',
    'New processes come up beside the old ones, as fast as Discord lets shards identify (one per 5 s and bucket). When all are ready,',
    'both sets answer for 3 s, each interaction once, and the old one ends. The host needs the memory of both for that time, and the',
    "day's identifies must suffice: one a shard, with 50 left in reserve.",
    '',
    'What fails before the switch leaves the old shards serving, and the exit code is 1; so does `reshard abort`. Ctrl-C ends only the',
    'listening. The count is kept in REDIS_STATE_URL and outlives the manager, whatever DISCORD_SHARDS says; a number that is put there',
    'later counts again.',
    '',
    'Only where one manager runs all shards. On several hosts: start a second manager on each with the new DISCORD_SHARDS, and with its',
    'own ADMIN_SOCKET and METRICS_PORT; when the shards of all are ready, stop the old managers.',
  ],
  async run(argv, context) {
    if (argv.length === 1 && argv[0] === 'abort') {
      await askManager(context.socketPath, { method: 'POST', path: '/reshard/abort' });
      context.print('the reshard is aborted; the old shards serve on');
      return exitCodes.ok;
    }
    let step: ReshardProgress['step'] = 'failed';
    for await (const progress of reshardSteps(context.socketPath, countArgument(argv))) {
      context.print(text(progress));
      ({ step } = progress);
    }
    return step === 'done' ? exitCodes.ok : 1;
  },
};

function countArgument([argument = '', ...more]: readonly string[]): number {
  if (/^[1-9]\d{0,4}$/.test(argument) && more.length === 0) return Number(argument);
  throw new Failure('reshard takes the new number of shards, from 1, or abort', exitCodes.usage);
}

function text(progress: ReshardProgress): string {
  const { shardCount } = progress;
  if (progress.step === 'failed')
    return `failed: ${progress.reason}; the ${progress.serving} old shards serve on`;
  if (progress.step === 'starting') return `${progress.ready} of ${shardCount} new shards are ready`;
  return progress.step === 'switched'
    ? `the ${shardCount} new shards answer; the old ones end`
    : `the bot has ${shardCount} shards; set DISCORD_SHARDS to auto or ${shardCount}`;
}
