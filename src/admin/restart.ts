import { restartSteps } from '../ipc/admin-client.ts';
import type { RestartProgress } from '../ipc/supervision.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { AdminCommand } from './command.ts';
import { shardIdArgument } from './shard-id.ts';

export const restart: AdminCommand = {
  usage: '[all | ID …]',
  summary: 'Moves shards to new processes, one after another, with nothing lost',
  help: [
    '',
    'For each process: a new one gets ready while the old one serves, the old one hands its session over and finishes',
    'what it has under way, the new one resumes. The next one follows when the new one serves. A shard that is down',
    '(crash loop, unfit, drained) is started. Shards that share a process move together, also where only one is named.',
    '',
    'The first new process that does not get ready, or does not serve, ends it: those after it stay as they are, and the',
    'exit code is 1. Ctrl-C ends only the listening. A second restart at the same time is refused.',
  ],
  async run(argv, context) {
    const shards = chosen(argv);
    let failed = true;
    for await (const progress of restartSteps(context.socketPath, shards)) {
      context.print(text(progress));
      failed = progress.step === 'failed';
    }
    return failed ? 1 : exitCodes.ok;
  },
};

function chosen(argv: readonly string[]): 'all' | number[] {
  if (argv.length === 0 || (argv.length === 1 && argv[0] === 'all')) return 'all';
  if (argv.includes('all')) throw new Failure('restart: give all, or ids', exitCodes.usage);
  return argv.map((argument) => shardIdArgument('restart', argument));
}

function text(progress: RestartProgress): string {
  const { shardId, others } = progress;
  const which =
    others.length === 0 ? `shard ${shardId}` : `shards ${[shardId, ...others].join(', ')} (one process)`;
  if (progress.step !== 'failed') return `${which}: ${progress.step}`;
  const { untouched } = progress;
  const rest = untouched.length > 0 ? `; not restarted: ${untouched.join(', ')}` : '';
  return `${which}: failed: ${progress.reason}; it is ${progress.state} now${rest}`;
}
