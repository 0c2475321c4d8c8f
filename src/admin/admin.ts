import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { AdminCommand, AdminContext } from './command.ts';
import { breakers } from './breakers.ts';
import { cache } from './cache.ts';
import { drain } from './drain.ts';
import { logLevel } from './log-level.ts';
import { queue } from './queue.ts';
import { reshard } from './reshard.ts';
import { restart } from './restart.ts';
import { sessions } from './sessions.ts';
import { settings } from './settings.ts';
import { status } from './status.ts';

const commands: Readonly<Record<string, AdminCommand>> = {
  status,
  restart,
  drain,
  reshard,
  sessions,
  settings,
  cache,
  breakers,
  queue,
  'log-level': logLevel,
};

const program = 'npm run admin --';

/** Runs the command that `argv` names. Resolves with its exit code; throws a `Failure` as `AdminCommand.run` does. */
export async function runAdmin(argv: readonly string[], context: AdminContext): Promise<number> {
  const [name = '', ...rest] = argv;
  if (name === '--help' || name === 'help') return print(context, overview());
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const problem = name === '' ? 'no command is given' : `there is no command ${JSON.stringify(name)}`;
    const names = Object.keys(commands).join(', ');
    throw new Failure(`${problem}; there are ${names} (${program} --help)`, exitCodes.usage);
  }
  if (rest.includes('--help')) return print(context, helpOf(name, command));
  return command.run(rest, context);
}

function overview(): string[] {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  return [
    `usage: ${program} COMMAND [--help]`,
    '',
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Talks to the manager of this host through ADMIN_SOCKET. Exit codes: 0 done, 1 it did not go well, 64 wrong usage,',
    '69 no manager answers or it refuses.',
  ];
}

function helpOf(name: string, { usage, summary, help }: AdminCommand): string[] {
  return [`usage: ${program} ${name} ${usage}`.trimEnd(), '', `${summary}.`, ...help];
}

function print(context: AdminContext, lines: readonly string[]): number {
  for (const line of lines) context.print(line);
  return exitCodes.ok;
}
