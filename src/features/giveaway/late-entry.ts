import type { ComponentContext } from '../context.ts';
import { endedGiveaway } from './check.ts';
import { drawDeadlineMs, drawDue } from './draws.ts';
import { readWhole } from './store.ts';
import { giveawayWords } from './words.ts';

type Late = ComponentContext<{ readonly giveaway: string }>;

/** An entry to a giveaway that is over. Its message, which the bot could perhaps not change when it ended, is put right on this occasion. */
export async function answerTooLate({
  db,
  data,
  say,
  customId,
  update,
  reply,
  followUp,
}: Late): Promise<void> {
  const whole = await db.transaction(
    'giveaways.late',
    async (tx) => {
      await drawDue(tx, data.giveaway);
      return readWhole(tx, data.giveaway);
    },
    { deadlineMs: drawDeadlineMs },
  );
  const word = say(giveawayWords)('tooLate');
  if (whole === undefined) return reply(word);
  await update(endedGiveaway(whole, customId));
  await followUp(word);
}

/**
 * After the message was shown as open: the jobs process may have ended the giveaway since that was decided, and have shown it before.
 * What ends later is shown later.
 */
export async function endAgain({ db, data, customId, update }: Late): Promise<void> {
  const whole = await db.query('giveaways.ended-yet', (sql) => readWhole(sql, data.giveaway));
  if (whole !== undefined && whole.giveaway.state !== 'open') await update(endedGiveaway(whole, customId));
}
