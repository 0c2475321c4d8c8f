import { escapeMarkdown, type Speech, verbatim } from '../../i18n/i18n.ts';
import { accentColor } from '../accent-color.ts';
import { defineSubcommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { Refusal } from '../feature.ts';
import { stringOption } from '../options.ts';
import { speechInZone } from '../member-zone.ts';
import { channelHere } from './place.ts';
import { aboutMax, objection, openMax } from './rules/limits.ts';
import { firstTime, type Repeat } from './rules/repeat.ts';
import { plainText } from '../rules/understood-text.ts';
import { understand } from '../rules/when.ts';
import { addReminder } from './store.ts';
import { channelMention, shownTime } from '../discord-markup.ts';
import { offerTimes, readerOf } from '../offer-times.ts';
import { words } from './words.ts';

/** Each is the same in every language: `1h` would be one o'clock in French. */
const examples = ['10m', '1 hour', '1 day', 'tomorrow 9:00', 'monday 9:00', 'next month'];

export const create = defineSubcommand({
  description: 'Makes a reminder for you',
  ephemeral: true,
  mutates: true,
  options: {
    when: stringOption({
      description: 'For example: in 2 hours, tomorrow 9am, next friday 18:00, 2026-12-24 18:00',
      required: true,
      maxLength: 100,
      complete: offerTimes({ examples, fits: (dueMs, nowMs) => objection(dueMs, nowMs) === undefined }),
    }),
    about: stringOption({
      description: 'What to remind you of',
      required: true,
      maxLength: aboutMax,
    }),
    repeat: stringOption({
      description: 'Whether it comes again, at the same time of day',
      choices: [
        choice('daily', 'Daily', 'Täglich', 'Tous les jours', 'Cada día', '매일'),
        choice(
          'weekdays',
          'Monday to Friday',
          'Montag bis Freitag',
          'Du lundi au vendredi',
          'De lunes a viernes',
          '월요일부터 금요일까지',
        ),
        choice('weekly', 'Weekly', 'Wöchentlich', 'Toutes les semaines', 'Cada semana', '매주'),
        choice(
          'fortnightly',
          'Every two weeks',
          'Alle zwei Wochen',
          'Toutes les deux semaines',
          'Cada dos semanas',
          '2주마다',
        ),
        choice('monthly', 'Monthly', 'Monatlich', 'Tous les mois', 'Cada mes', '매달'),
        choice('yearly', 'Yearly', 'Jährlich', 'Tous les ans', 'Cada año', '매년'),
      ],
    }),
    where: stringOption({
      description: 'Where I remind you (here, unless you say otherwise)',
      choices: [
        choice('here', 'Here', 'Hier', 'Ici', 'Aquí', '여기'),
        choice(
          'direct',
          'By direct message',
          'Per Direktnachricht',
          'Par message privé',
          'Por mensaje directo',
          '다이렉트 메시지로',
        ),
      ],
    }),
  },
  async run(context) {
    const { when, about: given, repeat, where } = context.options;
    const say = context.say(words);
    const about = given.replaceAll(/\s+/g, ' ').trim();
    if (about === '') throw new Refusal(say('empty'));
    const channelId = where === 'direct' ? undefined : channelHere(context);
    const speech = await speechInZone(context);
    const dueAt = dueTime(context, speech, when, repeat);
    const { guildId, user } = context;
    const { locale, timeZone } = speech;
    const added = { userId: user.id, guildId, channelId, about, locale, timeZone, repeat, dueAt };
    if ((await addReminder(context.db, added)) === undefined)
      throw new Refusal(say('full', { max: openMax }));
    await context.reply({
      embeds: [
        {
          title: say('created'),
          description: [
            `> ${escapeMarkdown(about)}`,
            say('timeLine', { when: shownTime(dueAt, 'F'), fromNow: shownTime(dueAt, 'R') }),
            ...(repeat === undefined ? [] : [say(`repeats${repeat}`)]),
            channelId === undefined ? say('direct') : say('here', { channel: channelMention(channelId) }),
          ].join('\n'),
          color: await accentColor(context),
          footer: { text: say('zoneNote', { zone: verbatim(timeZone) }) },
        },
      ],
    });
  },
});

/** Throws a `Refusal` for what is not understood, over, or too far away. */
function dueTime(context: CommandContext, speech: Speech, when: string, repeat: Repeat | undefined): Date {
  const say = context.say(words);
  const nowMs = Date.now();
  const { timeZone } = speech;
  const understood = understand(when, readerOf(speech, nowMs));
  if (understood === undefined) {
    const example = verbatim(plainText(nowMs + 30 * 86_400_000, timeZone).slice(0, 16));
    throw new Refusal(say('notUnderstood', { when, example }));
  }
  const { dueMs, counted } = understood;
  const problem = objection(dueMs, nowMs);
  if (problem === 'past' && counted) throw new Refusal(say('now'));
  if (problem === 'past')
    throw new Refusal(say('past', { when: shownTime(new Date(dueMs), 'F'), zone: timeZone }));
  if (problem === 'tooFar') throw new Refusal(say('tooFar'));
  return new Date(firstTime(repeat, dueMs, timeZone));
}

function choice<Value extends string>(
  value: Value,
  name: string,
  de: string,
  fr: string,
  es: string,
  ko: string,
) {
  return { value, name, names: { de, fr, es, ko } };
}
