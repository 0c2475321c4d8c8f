import { verbatim } from '../../i18n/i18n.ts';
import { defineSubcommand } from '../command.ts';
import { channelMention } from '../discord-markup.ts';
import { Refusal } from '../feature.ts';
import { integerOption } from '../options.ts';
import { chosen, giveawayOption } from './choose.ts';
import { drawAgain, drawDeadlineMs } from './draws.ts';
import { mentions } from './giveaway-row.ts';
import { staffWords } from './staff-words.ts';

export const reroll = defineSubcommand({
  description: 'Draw again among those who have not won yet',
  ephemeral: true,
  mutates: true,
  options: {
    giveaway: giveawayOption('drawn'),
    winners: integerOption({ description: 'How many are drawn; one if you say nothing', min: 1, max: 20 }),
  },
  async run(context) {
    const { db, options, say, reply, interaction } = context;
    const words = say(staffWords);
    const again = { wanted: options.winners ?? 1, cause: interaction.id };
    const { giveaway, winners } = await db.transaction(
      'giveaways.reroll',
      async (tx) => {
        const giveaway = await chosen(context, tx, options.giveaway, 'drawn');
        return { giveaway, winners: (await drawAgain(tx, giveaway.id, again)) ?? [] };
      },
      { deadlineMs: drawDeadlineMs },
    );
    if (winners.length === 0) throw new Refusal(words('nobodyLeft'));
    const channel = channelMention(giveaway.channelId);
    await reply(words('drawnAgain', { winners: verbatim(mentions(winners)), channel }));
  },
});
