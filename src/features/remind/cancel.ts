import { defineSubcommand } from '../command.ts';
import type { AutocompleteContext } from '../context.ts';
import { Refusal } from '../feature.ts';
import { stringOption } from '../options.ts';
import { askView } from './list-view.ts';
import { speechInZone } from '../member-zone.ts';
import { understoodText } from '../rules/understood-text.ts';
import { readReminders } from './store.ts';
import { words } from './words.ts';

export const cancel = defineSubcommand({
  description: 'Cancels one of your reminders',
  ephemeral: true,
  options: {
    which: stringOption({
      description: 'Which reminder',
      required: true,
      maxLength: 100,
      complete: offerReminders,
    }),
  },
  async run(context) {
    const { which } = context.options;
    const found = (await readReminders(context.db, context.user.id)).find(({ id }) => id === which);
    if (found === undefined) throw new Refusal(context.say(words)('unknownReminder'));
    await context.reply(await askView(context, found, 0));
  },
});

async function offerReminders(context: AutocompleteContext) {
  const [speech, reminders] = await Promise.all([
    speechInZone(context),
    readReminders(context.db, context.user.id),
  ]);
  const typed = context.typed.toLowerCase();
  const nowMs = Date.now();
  return reminders
    .filter(({ about }) => about.toLowerCase().includes(typed))
    .map(({ id, about, dueAt }) => ({
      name: `${understoodText(dueAt.getTime(), nowMs, speech)}: ${about}`,
      value: id,
    }));
}
