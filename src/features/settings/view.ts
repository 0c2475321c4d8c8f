import { defineSubcommand } from '../command.ts';
import { settingsEmbed } from './settings-embed.ts';

export const view = defineSubcommand({
  description: "Show this server's settings",
  ephemeral: true,
  async run(context) {
    await context.reply({ embeds: [settingsEmbed('Server settings', await context.settings.get())] });
  },
});
