import type { ComponentContext } from '../context.ts';
import { closeDue } from './store.ts';
import { pollEmbed } from './view.ts';
import { pollWords } from './words.ts';

/** A vote in a poll that is over. Its message, which the bot could not change when it closed, is put right on this occasion. */
export async function answerTooLate(
  { db, say, update, reply, followUp }: ComponentContext,
  pollId: string,
): Promise<void> {
  const closed = await db.transaction('polls.close', (tx) => closeDue(tx, pollId));
  const word = say(pollWords)('tooLate');
  if (closed === undefined) return reply(word);
  await update({ embeds: [pollEmbed(closed.poll, closed.tally)], components: [] });
  await followUp(word);
}
