import { clip, escapeMarkdown, type Say, verbatim } from '../../i18n/i18n.ts';
import type { Reminder } from './store.ts';
import { channelMention, shownTime } from '../discord-markup.ts';
import type { words } from './words.ts';

/** Five of them fit an embed's 4,096 characters. */
const aboutShown = 200;

/** One reminder in a list. */
export function reminderLines(
  { about, dueAt, channelId, repeat, state, reason }: Reminder,
  say: Say<keyof (typeof words)['texts']['en']>,
): readonly string[] {
  const time = say('timeLine', { when: shownTime(dueAt, 'F'), fromNow: shownTime(dueAt, 'R') });
  const place = channelId === null ? say('direct') : say('here', { channel: channelMention(channelId) });
  return [
    clip(escapeMarkdown(about), aboutShown),
    time,
    ...(repeat === null ? [place] : [`${place} · ${say(`repeats${repeat}`)}`]),
    ...(state === 'firing' ? [say('sending')] : []),
    ...(reason === null ? [] : [say('failed', { reason: verbatim(say(reason)) })]),
  ];
}
