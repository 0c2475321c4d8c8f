import {
  ButtonStyle,
  ComponentType,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { clip } from '../../i18n/i18n.ts';
import { accentColor } from '../accent-color.ts';
import { titleOf } from '../title.ts';
import { defineComponent } from '../component.ts';
import type { Context, ReplyBody } from '../context.ts';
import { entriesFor, type Entry } from './entries.ts';
import { textOf, type View } from './help-text.ts';
import { helpWords } from './help-words.ts';

/** Discord's limit for a select's options. */
const familiesMax = 25;

export async function helpPage(context: Context, view: View): Promise<ReplyBody> {
  const [entries, color] = await Promise.all([entriesFor(context), accentColor(context)]);
  const { title, description, page, pages, also = '', more = 0 } = textOf(context, view, entries);
  const say = context.say(helpWords);
  const note = pages > 1 ? say('page', { page: page + 1, pages }) : more > 0 && say('more', { more });
  const footer = note === false ? {} : { footer: { text: note } };
  const others = also === '' ? {} : { fields: [{ name: say('also'), value: also }] };
  const embed = { title, description: clip(description, 4_096), color, ...others, ...footer };
  return { embeds: [embed], components: controls(context, view, entries, { page, pages }) };
}

export const chooseFamily = defineComponent({
  name: 'help.family',
  version: 1,
  data: z.object({}),
  answers: 'update',
  async run(context) {
    const [family] = context.values;
    await context.update(await helpPage(context, family === undefined ? {} : { family }));
  },
});

export const turnPage = defineComponent({
  name: 'help.page',
  version: 1,
  data: z.object({ family: z.string(), page: z.coerce.number().int() }),
  answers: 'update',
  async run(context) {
    await context.update(await helpPage(context, context.data));
  },
});

function controls(
  context: Context,
  { family }: View,
  entries: readonly Entry[],
  { page, pages }: { readonly page: number; readonly pages: number },
): APIMessageTopLevelComponent[] {
  const rows: APIMessageTopLevelComponent[] = [
    { type: ComponentType.ActionRow, components: [familySelect(context, family, entries)] },
  ];
  if (family === undefined || pages < 2) return rows;
  const button = (label: 'previous' | 'next', to: number) =>
    ({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: context.say(helpWords)(label),
      custom_id: context.customId(turnPage, { family, page: to }),
      disabled: to < 0 || to >= pages,
    }) as const;
  const components = [button('previous', page - 1), button('next', page + 1)];
  return [...rows, { type: ComponentType.ActionRow, components }];
}

function familySelect(
  context: Context,
  chosen: string | undefined,
  entries: readonly Entry[],
): APIStringSelectComponent {
  const families = [...new Set(entries.map(({ family }) => family))].slice(0, familiesMax);
  return {
    type: ComponentType.StringSelect,
    custom_id: context.customId(chooseFamily, {}),
    placeholder: context.say(helpWords)('choose'),
    options: families.map((family) => ({
      label: clip(titleOf(context, family), 100),
      value: family,
      default: family === chosen,
    })),
  };
}
