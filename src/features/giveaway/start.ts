import { accentColor } from '../accent-color.ts';
import { defineSubcommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { endOption, readEnd } from '../end-option.ts';
import { Refusal } from '../feature.ts';
import { integerOption, roleOption, stringOption } from '../options.ts';
import { newSeed } from './draws.ts';
import { openGiveaway } from './enter.ts';
import { staffWords } from './staff-words.ts';
import { addGiveaway, giveawaysIn, noteMessage, type NewGiveaway } from './store.ts';

/** As many as an autocomplete can show. */
const openMax = 25;

interface Wanted {
  readonly prize: string;
  readonly ends: string;
  readonly winners: number | undefined;
  readonly role: string | undefined;
}

export const start = defineSubcommand({
  description: 'Start a giveaway here',
  mutates: true,
  options: {
    prize: stringOption({ description: 'What can be won', required: true, maxLength: 200 }),
    ends: endOption({ description: 'When it is drawn, like 2h, 3d or 2026-12-24 18:00', required: true }),
    winners: integerOption({ description: 'How many win; one if you say nothing', min: 1, max: 20 }),
    role: roleOption({ description: 'Only members with this role can enter' }),
  },
  async run(context) {
    const { db, customId, reply, say } = context;
    const giveaway = await giveawayFrom(context, context.options);
    const whole = await db.transaction('giveaways.add', async (tx) => {
      const open = await giveawaysIn(tx, giveaway.guildId, 'open');
      if (open.length >= openMax && !open.some(({ id }) => id === giveaway.id))
        throw new Refusal(say(staffWords)('full', { max: openMax }));
      return addGiveaway(tx, giveaway, newSeed());
    });
    if (whole === undefined) throw new Error('a giveaway is gone in the transaction that added it');
    await reply(openGiveaway(whole, customId));
    await note(context, giveaway.id);
  },
});

async function giveawayFrom(
  context: CommandContext,
  { prize, ends, winners = 1, role }: Wanted,
): Promise<NewGiveaway> {
  const { interaction, guildId, user, speech, guildSpeech, say } = context;
  if (prize.trim() === '') throw new Refusal(say(staffWords)('noPrize'));
  if (guildId === undefined) throw new Error('a giveaway outside of a guild');
  return {
    id: interaction.id,
    guildId,
    channelId: interaction.channel.id,
    hostId: user.id,
    prize: prize.trim(),
    winners,
    // The role of the guild's own id is @everyone.
    roleId: role === undefined || role === guildId ? null : role,
    locale: guildSpeech.locale,
    hostLocale: speech.locale,
    color: await accentColor(context),
    endsAt: readEnd(context, ends),
  };
}

/** The first entry tells which message it is, too, and so does the channel at the end: no reason to say that anything failed. */
async function note({ api, db, interaction, log }: CommandContext, giveawayId: string): Promise<void> {
  try {
    const { id } = await api.interactions.getOriginalReply(interaction.application_id, interaction.token);
    await db.query('giveaways.noted', (sql) => noteMessage(sql, giveawayId, id));
  } catch (error) {
    log.warn({ err: error }, 'the message of a giveaway is not noted');
  }
}
