import { defineSubcommand } from '../command.ts';
import { privacyWords } from './privacy-words.ts';
import { rowsIn } from './rules/rows-in.ts';

export const exportData = defineSubcommand({
  description: 'Gives you everything that I store about you, as a file',
  ephemeral: true,
  async run({ reply, say, speech, personalData, user }) {
    const tables = await personalData.read();
    const count = rowsIn(tables);
    if (count === 0) return reply(say(privacyWords)('nothing'));
    const readable = tables.map(({ table, holds, rows }) => ({ table, holds: holds[speech.language], rows }));
    const text = JSON.stringify(
      { userId: user.id, exportedAt: new Date().toISOString(), tables: readable },
      undefined,
      2,
    );
    return reply({
      content: say(privacyWords)('exported', { count }),
      files: [{ name: `shoal-${user.id}.json`, data: Buffer.from(text) }],
    });
  },
});
