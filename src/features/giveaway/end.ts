import { defineSubcommand } from '../command.ts';
import { channelMention } from '../discord-markup.ts';
import { chosen, giveawayOption } from './choose.ts';
import { staffWords } from './staff-words.ts';
import { endNow } from './store.ts';

export const end = defineSubcommand({
  description: 'End a giveaway now and draw its winners',
  ephemeral: true,
  mutates: true,
  options: { giveaway: giveawayOption('open') },
  async run(context) {
    const { db, options, say, reply } = context;
    const { prize, channelId } = await db.transaction('giveaways.end', async (tx) => {
      const giveaway = await chosen(context, tx, options.giveaway, 'open');
      await endNow(tx, giveaway.id);
      return giveaway;
    });
    await reply(say(staffWords)('ending', { prize, channel: channelMention(channelId) }));
  },
});
