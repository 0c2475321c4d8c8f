import { PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { defineSubcommand } from '../command.ts';
import { defineComponent, type Component, type Typed } from '../component.ts';
import { confirmRow } from '../confirm-row.ts';
import { chosen, giveawayOption } from './choose.ts';
import { staffWords } from './staff-words.ts';

/** Of the buttons under a question to whoever runs giveaways. */
export const confirming = {
  version: 1,
  answers: 'update',
  private: true,
  permissions: PermissionFlagsBits.ManageGuild,
} as const;

/** Nothing is done. */
export const keep = defineComponent({
  ...confirming,
  name: 'giveaway.keep',
  data: z.object({}),
  run: ({ say, update }) => update({ content: say(staffWords)('kept'), components: [] }),
});

export const ofGiveaway = z.object({ giveaway: z.string() });

/** Asks before `confirm` does something to an open giveaway. */
export function askingSubcommand(
  description: string,
  confirm: Typed<Component, typeof ofGiveaway>,
  texts: { readonly ask: 'endAsk' | 'cancelAsk'; readonly yes: 'endYes' | 'cancelYes' },
) {
  return defineSubcommand({
    description,
    ephemeral: true,
    options: { giveaway: giveawayOption('open') },
    async run(context) {
      const { db, options, say, customId, reply } = context;
      const words = say(staffWords);
      const { id, prize } = await db.query('giveaways.look', (sql) =>
        chosen(context, sql, options.giveaway, 'open'),
      );
      const yes = { label: words(texts.yes), custom_id: customId(confirm, { giveaway: id }) };
      const no = { label: words('keep'), custom_id: customId(keep, {}) };
      await reply({ content: words(texts.ask, { prize }), components: [confirmRow(yes, no)] });
    },
  });
}
