import type { ComponentContext } from '../context.ts';
import { closeDue, readPoll, type Closed } from './store.ts';
import { pollEmbed } from './view.ts';
import { pollWords } from './words.ts';

/** A vote in a poll that is over. Its message, which the bot could not change when it closed, is put right on this occasion. */
export async function answerTooLate(context: ComponentContext, pollId: string): Promise<void> {
  const { db, say, reply, followUp } = context;
  const closed = await db.transaction('polls.close', (tx) => closeDue(tx, pollId));
  const word = say(pollWords)('tooLate');
  if (closed === undefined) return reply(word);
  await showClosed(context, closed);
  await followUp(word);
}

/**
 * After the message was shown as open: the jobs process may have closed the poll since that was decided, and have shown it before.
 * What closes later is shown later.
 */
export async function closeAgain(context: ComponentContext, pollId: string): Promise<void> {
  const { db } = context;
  const poll = await db.query('polls.closed-yet', (sql) => readPoll(sql, pollId));
  if (poll === undefined || poll.closedAt === null) return;
  const closed = await db.transaction('polls.close', (tx) => closeDue(tx, pollId));
  if (closed !== undefined) await showClosed(context, closed);
}

function showClosed({ update }: Pick<ComponentContext, 'update'>, { poll, tally }: Closed): Promise<void> {
  return update({ embeds: [pollEmbed(poll, tally)], components: [] });
}
