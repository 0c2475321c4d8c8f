import { defineComponent } from '../component.ts';
import { channelMention } from '../discord-markup.ts';
import { chosen } from './choose.ts';
import { askingSubcommand, confirming, ofGiveaway } from './confirm.ts';
import { staffWords } from './staff-words.ts';
import { endNow } from './store.ts';

export const confirmEnd = defineComponent({
  ...confirming,
  name: 'giveaway.end',
  mutates: true,
  data: ofGiveaway,
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

export const end = askingSubcommand('End a giveaway now and draw its winners', confirmEnd, {
  ask: 'endAsk',
  yes: 'endYes',
});
