import { defineSubcommand } from '../command.ts';
import { Refusal } from '../feature.ts';
import { booleanOption } from '../options.ts';
import { things } from './rules/things.ts';

export const erase = defineSubcommand({
  description: 'Deletes everything that I store about you',
  ephemeral: true,
  mutates: true,
  options: {
    sure: booleanOption({ description: 'True deletes it, for good', required: true }),
  },
  async run({ reply, personalData, options: { sure } }) {
    if (!sure)
      throw new Refusal('Nothing was deleted. Choose `sure: True` to delete what I store about you.');
    const rows = await personalData.erase();
    await reply(rows === 0 ? 'There was nothing stored about you.' : `Deleted: ${things(rows)} about you.`);
  },
});
