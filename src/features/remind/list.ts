import { defineSubcommand } from '../command.ts';
import { listView } from './list-view.ts';

export const list = defineSubcommand({
  description: 'Shows your reminders',
  ephemeral: true,
  run: async (context) => context.reply(await listView(context, 0)),
});
