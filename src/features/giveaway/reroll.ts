import { z } from 'zod';
import { verbatim } from '../../i18n/i18n.ts';
import { defineSubcommand } from '../command.ts';
import { defineComponent } from '../component.ts';
import { confirmRow } from '../confirm-row.ts';
import { channelMention } from '../discord-markup.ts';
import { Refusal } from '../feature.ts';
import { integerOption } from '../options.ts';
import { chosen, giveawayOption } from './choose.ts';
import { confirming, keep } from './confirm.ts';
import { drawAgain, drawDeadlineMs, drawsMax } from './draws.ts';
import { mentions } from './giveaway-row.ts';
import { staffWords } from './staff-words.ts';

/** `cause` is the interaction that asked: however often its button is pressed, it draws once. */
export const confirmReroll = defineComponent({
  ...confirming,
  name: 'giveaway.reroll',
  mutates: true,
  data: z.object({ giveaway: z.string(), cause: z.string(), winners: z.coerce.number() }),
  async run(context) {
    const { db, data, say, update } = context;
    const words = say(staffWords);
    const again = { wanted: data.winners, cause: data.cause };
    const { giveaway, winners } = await db.transaction(
      'giveaways.reroll',
      async (tx) => {
        const giveaway = await chosen(context, tx, data.giveaway, 'drawn');
        return { giveaway, winners: await drawAgain(tx, giveaway.id, again) };
      },
      { deadlineMs: drawDeadlineMs },
    );
    if (winners === undefined) throw new Refusal(words('drawnOften', { max: drawsMax }));
    if (winners.length === 0) throw new Refusal(words('nobodyLeft'));
    const channel = channelMention(giveaway.channelId);
    const content = words('drawnAgain', { winners: verbatim(mentions(winners)), channel });
    await update({ content, components: [] });
  },
});

export const reroll = defineSubcommand({
  description: 'Draw again among those who have not won yet',
  ephemeral: true,
  options: {
    giveaway: giveawayOption('drawn'),
    winners: integerOption({ description: 'How many are drawn; one if you say nothing', min: 1, max: 20 }),
  },
  async run(context) {
    const { db, options, interaction, say, customId, reply } = context;
    const words = say(staffWords);
    const { winners = 1 } = options;
    const { id, prize } = await db.query('giveaways.look', (sql) =>
      chosen(context, sql, options.giveaway, 'drawn'),
    );
    const data = { giveaway: id, cause: interaction.id, winners };
    const yes = { label: words('rerollYes'), custom_id: customId(confirmReroll, data) };
    const no = { label: words('keep'), custom_id: customId(keep, {}) };
    const content = words('rerollAsk', { prize, count: winners });
    await reply({ content, components: [confirmRow(yes, no)] });
  },
});
