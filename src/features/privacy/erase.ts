import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { defineSubcommand } from '../command.ts';
import { defineComponent } from '../component.ts';
import { privacyWords } from './privacy-words.ts';
import { rowsIn } from './rules/rows-in.ts';

export const erase = defineSubcommand({
  description: 'Deletes everything that I store about you, once you have confirmed it',
  ephemeral: true,
  async run({ reply, say, customId, personalData }) {
    const count = rowsIn(await personalData.read());
    if (count === 0) return reply(say(privacyWords)('nothing'));
    const button = (what: 'erase' | 'keep', style: ButtonStyle.Danger | ButtonStyle.Secondary) =>
      ({
        type: ComponentType.Button,
        style,
        label: say(privacyWords)(what),
        custom_id: customId(what === 'erase' ? confirmErasure : keepData, {}),
      }) as const;
    const components = [button('erase', ButtonStyle.Danger), button('keep', ButtonStyle.Secondary)];
    return reply({
      content: say(privacyWords)('ask', { count }),
      components: [{ type: ComponentType.ActionRow, components }],
    });
  },
});

const ofDialog = { version: 1, data: z.object({}), answers: 'update', private: true } as const;

export const confirmErasure = defineComponent({
  ...ofDialog,
  name: 'privacy.erase',
  mutates: true,
  async run({ update, say, personalData }) {
    const count = await personalData.erase();
    const content = count === 0 ? say(privacyWords)('nothing') : say(privacyWords)('erased', { count });
    await update({ content, components: [] });
  },
});

export const keepData = defineComponent({
  ...ofDialog,
  name: 'privacy.keep',
  run: ({ update, say }) => update({ content: say(privacyWords)('kept'), components: [] }),
});
