import { PermissionFlagsBits } from 'discord-api-types/v10';
import { z } from 'zod';
import { defineComponent } from '../component.ts';
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
