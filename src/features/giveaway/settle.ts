import { clip, verbatim } from '../../i18n/i18n.ts';
import { channelMention, linkTo } from '../discord-markup.ts';
import { defineJob, type JobContext } from '../job.ts';
import { editAnswer, post, tell, type Trouble } from '../posting.ts';
import { troubleWords } from '../trouble-words.ts';
import { endedGiveaway } from './check.ts';
import { drawDeadlineMs, drawDue } from './draws.ts';
import { hostSpeech, mentions, speechOf, type Draw, type Whole } from './giveaway-row.ts';
import { settleGiveaway } from './settle-kind.ts';
import { staffWords } from './staff-words.ts';
import { noteAnnounced, readWhole } from './store.ts';
import { giveawayWords } from './words.ts';

/**
 * The draw is one transaction; what follows says on Discord what is in the database, and repeated it says the same: an edit, and for
 * each draw a message until it is noted as announced. Between the two Discord's memory of its nonce keeps it single, for some minutes.
 */
export const settle = defineJob({
  kind: settleGiveaway,
  async run(context) {
    const { payload, db, customId } = context;
    await db.transaction('giveaways.draw', (tx) => drawDue(tx, payload.giveawayId), {
      deadlineMs: drawDeadlineMs,
    });
    const whole = await db.query('giveaways.read', (sql) => readWhole(sql, payload.giveawayId));
    if (whole === undefined || whole.giveaway.state === 'open') return;
    const trouble = await editAnswer(context, whole.giveaway, endedGiveaway(whole, customId));
    const hindered = await announceAll(context, whole);
    const reason = trouble ?? hindered[0]?.hindrance;
    if (reason !== undefined) await tellHost(context, whole, reason);
    // Not before the host knows: until then the next attempt meets them again.
    for (const { draw } of hindered) await note(context, whole, draw);
  },
});

interface Hindered {
  readonly draw: Draw;
  readonly hindrance: Trouble;
}

/** Returns what Discord refused. */
async function announceAll(context: JobContext<unknown>, whole: Whole): Promise<readonly Hindered[]> {
  const hindered: Hindered[] = [];
  for (const draw of whole.draws.filter(({ announced }) => !announced)) {
    const hindrance = await announce(context, whole, draw);
    if (hindrance === undefined) await note(context, whole, draw);
    else hindered.push({ draw, hindrance });
  }
  return hindered;
}

async function note({ db }: JobContext<unknown>, { giveaway }: Whole, { number }: Draw): Promise<void> {
  await db.query('giveaways.announced', (sql) => noteAnnounced(sql, giveaway.id, number));
}

/** Pings the winners and nobody else. */
async function announce(
  context: JobContext<unknown>,
  { giveaway: { id, guildId, channelId, messageId, prize, locale } }: Whole,
  { number, winners }: Draw,
): Promise<Trouble | undefined> {
  if (winners.length === 0) return undefined;
  const link = verbatim(linkTo(guildId, channelId, messageId));
  const values = { winners: verbatim(mentions(winners)), prize, link };
  const message = {
    content: giveawayWords.in(speechOf({ locale }))('congratulations', values),
    allowed_mentions: { users: [...winners] },
    nonce: `${id} ${number}`,
    enforce_nonce: true,
  };
  return post(context, channelId, message);
}

async function tellHost(
  { api, signal, log }: JobContext<unknown>,
  { giveaway, draws }: Whole,
  trouble: Trouble,
): Promise<void> {
  const { id, hostId, channelId, prize } = giveaway;
  log.info({ giveaway: id, channel: channelId, trouble }, 'the end of a giveaway cannot be shown');
  if (hostId === null) return;
  const speech = hostSpeech(giveaway);
  const words = staffWords.in(speech);
  const channel = channelMention(channelId);
  const winners = mentions(draws.at(-1)?.winners ?? []) || words('none');
  const reason = verbatim(troubleWords.in(speech)(trouble, { channel }));
  const text = words('notShown', { prize, channel, reason, winners: verbatim(winners) });
  await tell(api, hostId, clip(text, 2_000), { nonce: `${id} ${draws.length} h`, signal });
}
