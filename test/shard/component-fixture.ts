import { fixtureTitle } from '../helpers/fixture-title.ts';
import { ButtonStyle, ComponentType, TextInputStyle } from 'discord-api-types/v10';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { defineCommand } from '../../src/features/command.ts';
import { defineComponent, defineModal } from '../../src/features/component.ts';
import type { Feature } from '../../src/features/feature.ts';
import { stringOption } from '../../src/features/options.ts';

/** Version 1 had the number alone, version 0 something that nobody reads any more. */
const count = defineComponent({
  name: 'test.count',
  version: 2,
  data: z.object({ what: z.string(), count: z.coerce.number() }),
  upgrade: (version, [text = '']) => (version === 1 ? { what: 'old', count: Number(text) } : undefined),
  answers: 'update',
  run: ({ update, data }) => update(`${data.what}: ${data.count + 1}`),
});

const ofVersion = (version: number) => ({ ...count, version, data: z.object({ count: z.number() }) });

const whisper = defineComponent({
  name: 'test.whisper',
  version: 1,
  data: z.object({}),
  ephemeral: true,
  run: ({ reply }) => reply('psst'),
});

const slow = defineComponent({
  name: 'test.slow',
  version: 1,
  data: z.object({}),
  answers: 'update',
  async run({ update, signal }) {
    await delay(3_200, undefined, { signal });
    await update('late but here');
  },
});

const mine = defineComponent({
  name: 'test.mine',
  version: 1,
  data: z.object({}),
  private: true,
  run: ({ reply }) => reply('yours'),
});

const choose = defineComponent({
  name: 'test.choose',
  version: 1,
  data: z.object({}),
  run: ({ reply, values }) => reply(values.join(', ')),
});

const form = defineModal({
  name: 'test.form',
  version: 1,
  data: z.object({ asked: z.string() }),
  fields: z.object({ name: z.string().min(2).max(5), age: z.coerce.number().int() }),
  labels: () => ({ name: 'Your name', age: 'Your age' }),
  run: ({ reply, data, fields }) => reply(`${data.asked}: ${fields.name} is ${fields.age}`),
});

const open = defineComponent({
  name: 'test.open',
  version: 1,
  data: z.object({}),
  modal: true,
  run: ({ showModal, customId }) =>
    showModal({
      custom_id: customId(form, { asked: 'who: you?' }),
      title: 'A form',
      components: ['name', 'age'].map((field) => ({
        type: ComponentType.ActionRow,
        components: [
          { type: ComponentType.TextInput, custom_id: field, label: field, style: TextInputStyle.Short },
        ],
      })),
    }),
});

const panel = defineCommand({
  name: 'panel',
  description: 'Everything that can be pressed',
  async run({ reply, customId }) {
    const buttons = {
      count: customId(count, { what: 'new: 100%', count: 1 }),
      upgraded: customId(ofVersion(1), { count: 7 }),
      outdated: customId(ofVersion(0), { count: 7 }),
      forged: 'test.count:2::rich:1000000:AAAAAAAAAAAAAAAA',
      whisper: customId(whisper, {}),
      slow: customId(slow, {}),
      mine: customId(mine, {}),
      open: customId(open, {}),
    };
    const all = Object.entries(buttons).map(
      ([label, custom_id]) =>
        ({ type: ComponentType.Button, style: ButtonStyle.Primary, label, custom_id }) as const,
    );
    const select = {
      type: ComponentType.StringSelect,
      custom_id: customId(choose, {}),
      placeholder: 'choose',
      max_values: 2,
      options: ['red', 'green'].map((value) => ({ label: value, value })),
    } as const;
    await reply({
      content: 'press',
      components: [all.slice(0, 4), all.slice(4), [select]].map((components) => ({
        type: ComponentType.ActionRow,
        components,
      })),
    });
  },
});

const colors = defineCommand({
  name: 'colors',
  description: 'Offers colours',
  options: {
    color: stringOption({
      description: 'A colour',
      required: true,
      async complete({ typed, signal, speech }) {
        if (typed === 'fail') throw new Error('no paint');
        if (typed === 'slow') await delay(10_000, undefined, { signal });
        return [{ name: `${typed} in ${speech.locale} ${'x'.repeat(100)}`, value: typed }];
      },
    }),
  },
  run: ({ reply, speech }) => reply(`${speech.language} ${speech.locale} ${speech.timeZone}`),
});

export const componentFeature: Feature = {
  name: 'components',
  title: fixtureTitle,
  intents: [],
  commands: [panel, colors],
  components: [count, whisper, slow, mine, choose, open, form],
};
