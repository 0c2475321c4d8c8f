import { z } from 'zod';
import { defineSubcommand } from '../command.ts';
import { defineComponent } from '../component.ts';
import { confirmRow } from '../confirm-row.ts';
import { channelMention } from '../discord-markup.ts';
import { chosen, giveawayOption } from './choose.ts';
import { confirming, keep } from './confirm.ts';
import { staffWords } from './staff-words.ts';
import { endNow } from './store.ts';

export const confirmEnd = defineComponent({
  ...confirming,
  name: 'giveaway.end',
  mutates: true,
  data: z.object({ giveaway: z.string() }),
  async run(context) {
    const { db, data, say, update } = context;
    const { prize, channelId } = await db.transaction('giveaways.end', async (tx) => {
      const giveaway = await chosen(context, tx, data.giveaway, 'open');
      await endNow(tx, giveaway.id);
      return giveaway;
    });
    const content = say(staffWords)('ending', { prize, channel: channelMention(channelId) });
    await update({ content, components: [] });
  },
});

export const end = defineSubcommand({
  description: 'End a giveaway now and draw its winners',
  ephemeral: true,
  options: { giveaway: giveawayOption('open') },
  async run(context) {
    const { db, options, say, customId, reply } = context;
    const words = say(staffWords);
    const { id, prize } = await db.query('giveaways.look', (sql) =>
      chosen(context, sql, options.giveaway, 'open'),
    );
    const yes = { label: words('endYes'), custom_id: customId(confirmEnd, { giveaway: id }) };
    const no = { label: words('keep'), custom_id: customId(keep, {}) };
    await reply({ content: words('endAsk', { prize }), components: [confirmRow(yes, no)] });
  },
});
