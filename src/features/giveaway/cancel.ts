import { z } from 'zod';
import { defineSubcommand } from '../command.ts';
import { defineComponent } from '../component.ts';
import { confirmRow } from '../confirm-row.ts';
import { chosen, giveawayOption } from './choose.ts';
import { confirming, keep } from './confirm.ts';
import { staffWords } from './staff-words.ts';
import { cancelOpen } from './store.ts';

export const confirmCancel = defineComponent({
  ...confirming,
  name: 'giveaway.cancel',
  mutates: true,
  data: z.object({ giveaway: z.string() }),
  async run({ db, data, say, update }) {
    const cancelled = await db.transaction('giveaways.cancel', (tx) => cancelOpen(tx, data.giveaway));
    await update({ content: say(staffWords)(cancelled ? 'cancelDone' : 'cancelLate'), components: [] });
  },
});

export const cancel = defineSubcommand({
  description: 'Cancel a giveaway without a draw',
  ephemeral: true,
  options: { giveaway: giveawayOption('open') },
  async run(context) {
    const { db, options, say, customId, reply } = context;
    const words = say(staffWords);
    const { id, prize } = await db.query('giveaways.look', (sql) =>
      chosen(context, sql, options.giveaway, 'open'),
    );
    const yes = { label: words('cancelYes'), custom_id: customId(confirmCancel, { giveaway: id }) };
    const no = { label: words('keep'), custom_id: customId(keep, {}) };
    await reply({ content: words('cancelAsk', { prize }), components: [confirmRow(yes, no)] });
  },
});
