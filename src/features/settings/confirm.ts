import { PermissionFlagsBits, type APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { z } from 'zod';
import { defineComponent, type Component, type DataSchema, type Typed } from '../component.ts';
import { confirmRow } from '../confirm-row.ts';
import type { Context } from '../context.ts';
import { changeWords } from './change-words.ts';

/** What the buttons and selects of `/settings` have in common: who may use them, and that they change the message they are on. */
export const staffOnly = {
  permissions: PermissionFlagsBits.ManageGuild,
  private: true,
  answers: 'update',
} as const;

export const keep = defineComponent({
  name: 'settings.keep',
  version: 1,
  data: z.object({}),
  ...staffOnly,
  async run({ say, update }) {
    await update({ content: say(changeWords)('kept'), embeds: [], components: [] });
  },
});

/** Two buttons: one that does it, one that does not. */
export function confirmButtons<Data extends DataSchema>(
  context: Context,
  label: string,
  component: Typed<Component, Data>,
  data: z.infer<Data>,
): APIMessageTopLevelComponent[] {
  const yes = { label, custom_id: context.customId(component, data) };
  const no = { label: context.say(changeWords)('keep'), custom_id: context.customId(keep, {}) };
  return [confirmRow(yes, no)];
}
