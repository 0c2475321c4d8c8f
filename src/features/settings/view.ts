import { defineSubcommand } from '../command.ts';
import { settingsEmbed } from './settings-embed.ts';
import { settingsWords } from './settings-words.ts';

export const view = defineSubcommand({
  description: "Show this server's settings",
  ephemeral: true,
  async run(context) {
    const title = context.say(settingsWords)('settings');
    const { value, stale } = await context.settings.look();
    await context.reply({ embeds: [await settingsEmbed(context, title, value, stale)] });
  },
});
