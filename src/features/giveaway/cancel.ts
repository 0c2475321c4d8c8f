import { ButtonStyle, ComponentType, PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { defineSubcommand } from '../command.ts';
import { defineComponent } from '../component.ts';
import { chosen, giveawayOption } from './choose.ts';
import { staffWords } from './staff-words.ts';
import { cancelOpen } from './store.ts';

const traits = { version: 1, answers: 'update', private: true } as const;

const confirm = defineComponent({
  ...traits,
  name: 'giveaway.cancel',
  mutates: true,
  permissions: PermissionFlagsBits.ManageGuild,
  data: z.object({ giveaway: z.string() }),
  async run({ db, data, say, update }) {
    const cancelled = await db.transaction('giveaways.cancel', (tx) => cancelOpen(tx, data.giveaway));
    await update({ content: say(staffWords)(cancelled ? 'cancelDone' : 'cancelLate'), components: [] });
  },
});

const keep = defineComponent({
  ...traits,
  name: 'giveaway.keep',
  data: z.object({}),
  run: ({ say, update }) => update({ content: say(staffWords)('kept'), components: [] }),
});

export const cancelComponents = [confirm, keep];

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
    await reply({
      content: words('cancelAsk', { prize }),
      components: [
        {
          type: ComponentType.ActionRow,
          components: [
            {
              type: ComponentType.Button,
              style: ButtonStyle.Danger,
              label: words('cancelYes'),
              custom_id: customId(confirm, { giveaway: id }),
            },
            {
              type: ComponentType.Button,
              style: ButtonStyle.Secondary,
              label: words('cancelNo'),
              custom_id: customId(keep, {}),
            },
          ],
        },
      ],
    });
  },
});
