import { clip, verbatim } from '../../i18n/i18n.ts';
import type { ReplyBody } from '../context.ts';
import { channelMention, linkTo } from '../discord-markup.ts';
import { defineJob, type JobContext } from '../job.ts';
import { answerTo, tell, troubleOf, type Trouble } from '../posting.ts';
import { troubleWords } from '../trouble-words.ts';
import { endedGiveaway } from './check.ts';
import { drawDue } from './draws.ts';
import { mentions, speechOf, type Draw, type Whole } from './giveaway-row.ts';
import { settleGiveaway } from './settle-kind.ts';
import { staffWords } from './staff-words.ts';
import { noteAnnounced, readWhole } from './store.ts';
import { giveawayWords } from './words.ts';

/** As long as a draw of very many entrants may take. */
const deadlineMs = 10_000;

/**
 * The draw is one transaction; what follows says on Discord what is in the database, and repeated it says the same: an edit, and for
 * each draw one message, kept single by its nonce until it is noted as announced.
 */
export const settle = defineJob({
  kind: settleGiveaway,
  async run(context) {
    const { payload, db, customId } = context;
    await db.transaction('giveaways.draw', (tx) => drawDue(tx, payload.giveawayId), { deadlineMs });
    const whole = await db.query('giveaways.read', (sql) => readWhole(sql, payload.giveawayId));
    if (whole === undefined || whole.giveaway.state === 'open') return;
    const trouble = await show(context, whole, endedGiveaway(whole, customId));
    const unheard: Trouble[] = trouble === undefined ? [] : [trouble];
    for (const draw of whole.draws.filter(({ announced }) => !announced)) {
      const hindrance = await announce(context, whole, draw);
      if (hindrance !== undefined) unheard.push(hindrance);
      await db.query('giveaways.announced', (sql) => noteAnnounced(sql, whole.giveaway.id, draw.number));
    }
    const [reason] = unheard;
    if (reason !== undefined) await tellHost(context, whole, reason);
  },
});

async function show(
  { api, signal }: JobContext<unknown>,
  { giveaway: { id, channelId, messageId } }: Whole,
  { embeds = [], components = [] }: ReplyBody,
): Promise<Trouble | undefined> {
  const message = messageId ?? (await answerTo(api, channelId, id, signal));
  if (message === undefined) return 'gone';
  const body = { embeds: [...embeds], components: [...components] };
  return troubleOf(api.channels.editMessage(channelId, message, body, { signal }));
}

/** Pings the winners and nobody else. */
async function announce(
  { api, signal }: JobContext<unknown>,
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
  return troubleOf(api.channels.createMessage(channelId, message, { signal }));
}

async function tellHost(
  { api, signal, log }: JobContext<unknown>,
  { giveaway, draws }: Whole,
  trouble: Trouble,
): Promise<void> {
  const { id, hostId, channelId, prize } = giveaway;
  log.info({ giveaway: id, channel: channelId, trouble }, 'the end of a giveaway cannot be shown');
  if (hostId === null) return;
  const speech = speechOf(giveaway);
  const words = staffWords.in(speech);
  const channel = channelMention(channelId);
  const winners = mentions(draws.at(-1)?.winners ?? []) || words('none');
  const reason = verbatim(troubleWords.in(speech)(trouble, { channel }));
  const text = words('notShown', { prize, channel, reason, winners: verbatim(winners) });
  await tell(api, hostId, clip(text, 2_000), { nonce: `${id} ${draws.length} h`, signal });
}
