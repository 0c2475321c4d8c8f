import { clip, escapeMarkdown, verbatim, type Speech } from '../../i18n/i18n.ts';
import { channelMention, shownTime } from '../discord-markup.ts';
import { permissionWords } from '../permission-words.ts';
import { isPostingPermission, type PostingPermission } from '../sending.ts';
import type { Reason, Reminder } from './store.ts';
import { words } from './words.ts';

/** Five of them fit an embed's 4,096 characters. */
const aboutShown = 200;

/** What another release has written may be something else. */
const said: ReadonlySet<string> = new Set<Exclude<Reason, PostingPermission>>([
  'channelGone',
  'refused',
  'switchedOff',
  'directClosed',
  'unanswered',
  'buried',
]);

/** One reminder in a list. */
export function reminderLines(
  { about, dueAt, channelId, repeat, state, reason }: Reminder,
  speech: Speech,
): readonly string[] {
  const say = words.in(speech);
  const time = say('timeLine', { when: shownTime(dueAt, 'F'), fromNow: shownTime(dueAt, 'R') });
  const place = channelId === null ? say('direct') : say('here', { channel: channelMention(channelId) });
  return [
    clip(escapeMarkdown(about), aboutShown),
    time,
    ...(repeat === null ? [place] : [`${place} · ${say(`repeats${repeat}`)}`]),
    ...(state === 'firing' ? [say('sending')] : []),
    ...(reason === null ? [] : [say('failed', { reason: verbatim(reasonText(reason, speech)) })]),
  ];
}

function reasonText(reason: Reason, speech: Speech): string {
  const say = words.in(speech);
  return isPostingPermission(reason)
    ? say('lacks', { permission: permissionWords.in(speech)(reason) })
    : say(said.has(reason) ? reason : 'refused');
}
