import { defineSubcommand } from '../command.ts';
import { fileBytes, settingsFile } from './settings-file.ts';
import { transferWords } from './transfer-words.ts';

export const exportSettings = defineSubcommand({
  description: "Gives you this server's settings as a file",
  ephemeral: true,
  async run({ guildId, settings, say, reply }) {
    const data = fileBytes(settingsFile(await settings.get()));
    await reply({
      content: say(transferWords)('exported'),
      files: [{ name: `shoal-settings-${guildId}.json`, data }],
    });
  },
});
