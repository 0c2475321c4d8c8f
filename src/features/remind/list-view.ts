import { ButtonStyle, ComponentType, type APIButtonComponentWithCustomId } from 'discord-api-types/v10';
import { z } from 'zod';
import { verbatim } from '../../i18n/i18n.ts';
import { accentColor } from '../accent-color.ts';
import { defineComponent } from '../component.ts';
import type { Context, ReplyBody } from '../context.ts';
import { speechInZone } from '../member-zone.ts';
import { reminderLines } from './reminder-lines.ts';
import { openMax } from './rules/limits.ts';
import { cancelReminder, readReminders, type Reminder } from './store.ts';
import { words } from './words.ts';

/** A row has room for five buttons (components/reference, "Action Row"). */
const perPage = 5;

const pageData = z.object({ page: z.coerce.number().int().min(0) });
const itemData = z.object({ id: z.string().regex(/^\d{1,18}$/), page: z.coerce.number().int().min(0) });

/** Turns to a page, and leads back to it. */
export const turnPage = defineComponent({
  name: 'remind.page',
  version: 1,
  data: pageData,
  private: true,
  answers: 'update',
  run: async (context) => context.update(await listView(context, context.data.page)),
});

/** Asks before it cancels. */
export const ask = defineComponent({
  name: 'remind.ask',
  version: 1,
  data: itemData,
  private: true,
  answers: 'update',
  async run(context) {
    const { id, page } = context.data;
    const found = (await readReminders(context.db, context.user.id)).find((reminder) => reminder.id === id);
    await context.update(
      found === undefined
        ? await listView(context, page, context.say(words)('gone'))
        : await askView(context, found, page),
    );
  },
});

export const cancelIt = defineComponent({
  name: 'remind.cancel',
  version: 1,
  data: itemData,
  private: true,
  answers: 'update',
  mutates: true,
  async run(context) {
    const { id, page } = context.data;
    const outcome = await cancelReminder(context.db, context.user.id, id);
    const say = context.say(words);
    const note = say(outcome === 'firing' ? 'tooLate' : outcome);
    await context.update(await listView(context, page, note));
  },
});

/** `page` counts from 0; beyond the last one it is the last one. `note` says what has just become of one of them. */
export async function listView(context: Context, page: number, note?: string): Promise<ReplyBody> {
  const say = context.say(words);
  const [all, { timeZone }] = await Promise.all([
    readReminders(context.db, context.user.id),
    speechInZone(context),
  ]);
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const shown = Math.min(page, pages - 1);
  const from = shown * perPage;
  const listed = all.slice(from, from + perPage);
  const blocks = listed.map((reminder, index) => {
    const [about, ...lines] = reminderLines(reminder, context.speech);
    return [`**${from + index + 1}.** ${about}`, ...lines].join('\n');
  });
  const open = all.filter(({ state }) => state !== 'failed').length;
  const zone = verbatim(timeZone);
  return {
    embeds: [
      {
        title: say('list'),
        description: [
          ...(note === undefined ? [] : [note]),
          ...(blocks.length > 0 ? blocks : [say('none')]),
        ].join('\n\n'),
        color: await accentColor(context),
        footer: { text: say('page', { page: shown + 1, pages, open, max: openMax, zone }) },
      },
    ],
    components: rows([
      listed.map(({ id }, index) =>
        button(context.customId(ask, { id, page: shown }), say('cancelNumber', { number: from + index + 1 })),
      ),
      pages === 1
        ? []
        : [
            { ...turn(context, shown - 1, say('previous')), disabled: shown === 0 },
            { ...turn(context, shown + 1, say('next')), disabled: shown === pages - 1 },
          ],
    ]),
  };
}

export async function askView(context: Context, reminder: Reminder, page: number): Promise<ReplyBody> {
  const say = context.say(words);
  return {
    embeds: [
      {
        title: say('sure'),
        description: reminderLines(reminder, context.speech).join('\n'),
        color: await accentColor(context),
      },
    ],
    components: rows([
      [
        button(context.customId(cancelIt, { id: reminder.id, page }), say('yes'), ButtonStyle.Danger),
        turn(context, page, say('keep')),
      ],
    ]),
  };
}

/** The first page has no page before it, but a disabled button needs an id of its own. */
function turn(context: Context, page: number, label: string): APIButtonComponentWithCustomId {
  return button(context.customId(turnPage, { page: Math.max(page, 0) }), label);
}

function button(
  customId: string,
  label: string,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: customId };
}

function rows(buttons: readonly (readonly APIButtonComponentWithCustomId[])[]) {
  return buttons
    .filter((row) => row.length > 0)
    .map((row) => ({ type: ComponentType.ActionRow as const, components: [...row] }));
}
