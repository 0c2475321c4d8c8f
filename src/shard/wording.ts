import type { APIEmbed } from 'discord-api-types/v10';
import { PROBLEM_COLOR } from '../../config/appearance.ts';

/** What a member reads when a command cannot do what was asked. Plain, kind, and with what to do next. */
export const problems = {
  unknownCommand: {
    title: 'I do not know this command',
    description: 'It may have been renamed or removed. Discord shows the current list when you type `/`.',
  },
  wrongOption: {
    title: 'That does not fit this command any more',
    description:
      'The command has changed since Discord showed it to you. Please restart Discord and try again.',
  },
  guildOnly: {
    title: 'This command works in servers',
    description: 'Please use it in a server that I am in.',
  },
  failed: {
    title: 'Something went wrong on our side',
    description: 'Nothing you did caused it. Please try again in a moment.',
  },
  cancelled: {
    title: 'This is taking longer than expected',
    description: 'I stopped waiting, and nothing was changed. Please try again in a moment.',
  },
} as const satisfies Readonly<Record<string, Problem>>;

export interface Problem {
  readonly title: string;
  readonly description: string;
}

export function missingPermission(permissions: string): Problem {
  return {
    title: 'You may not use this command here',
    description: `It needs the permission **${permissions}**. A server admin can give it to you.`,
  };
}

export function refusedRequest(reason: string): Problem {
  return { title: 'That does not work', description: reason };
}

/** The reference stands in the log line of the same interaction. */
export function problemEmbed(problem: Problem, reference: string): APIEmbed {
  return { ...problem, color: PROBLEM_COLOR, footer: { text: `Reference ${reference}` } };
}
