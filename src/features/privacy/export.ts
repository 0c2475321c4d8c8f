import { defineSubcommand } from '../command.ts';
import { things } from './rules/things.ts';

export const exportData = defineSubcommand({
  description: 'Gives you everything that I store about you, as a file',
  ephemeral: true,
  async run({ reply, personalData, user }) {
    const tables = await personalData.read();
    const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
    if (rows === 0) return reply('I store nothing about you.');
    const text = JSON.stringify(
      { userId: user.id, exportedAt: new Date().toISOString(), tables },
      undefined,
      2,
    );
    return reply({
      content: `I store ${things(rows)} about you; the file has everything.`,
      files: [{ name: `shoal-${user.id}.json`, data: Buffer.from(text) }],
    });
  },
});
