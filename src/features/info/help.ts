import { clip } from '../../i18n/i18n.ts';
import { defineCommand } from '../command.ts';
import { stringOption } from '../options.ts';
import { entriesFor } from './entries.ts';
import { helpPage } from './help-page.ts';
import { search } from './rules/search.ts';

export const help = defineCommand({
  name: 'help',
  description: 'What I can do, and how',
  ephemeral: true,
  options: {
    search: stringOption({
      description: 'A command, or what you want to do',
      maxLength: 100,
      async complete(asker) {
        const found = search(await entriesFor(asker), asker.typed);
        return found.map(({ place, name, description }) => ({
          name: clip(`/${name}: ${description}`, 100),
          value: place,
        }));
      },
    }),
  },
  async run(context) {
    const { search: query } = context.options;
    await context.reply(await helpPage(context, query === undefined ? {} : { query }));
  },
});
