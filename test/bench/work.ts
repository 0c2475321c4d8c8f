import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '../helpers/eventually.ts';

/** How far a bot is with what it was told, by its own account. To ask costs it next to nothing. */
export interface Work {
  /** Messages since its start. */
  readonly done: number;
  readonly lost: number;
  /** Facts that PostgreSQL does not have yet, of messages and interactions; 0 of a bot that keeps nothing. */
  readonly waiting: number;
}

const answerMs = 30_000;

/** Both bots answer this message with their `Work`. */
export const askForWork = 'work';

export async function workOf(bot: ChildProcess): Promise<Work> {
  const signal = AbortSignal.timeout(answerMs);
  bot.send(askForWork);
  for (;;) {
    // Beats and notices of our own process come the same way.
    const [message] = (await once(bot, 'message', { signal })) as [Work | object];
    if ('waiting' in message) return message;
  }
}

export async function allWritten(bot: ChildProcess): Promise<void> {
  await eventually('every fact is in PostgreSQL', async () => (await workOf(bot)).waiting === 0, 60_000);
}
