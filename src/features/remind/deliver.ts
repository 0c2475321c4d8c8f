import { refusalCode } from '../../discord/error-code.ts';
import { escapeMarkdown, speechFor, verbatim, type Speech } from '../../i18n/i18n.ts';
import { channelMention, shownTime } from '../discord-markup.ts';
import type { JobContext } from '../job.ts';
import { permissionWords } from '../permission-words.ts';
import { post, type Trouble } from '../posting.ts';
import { isPostingPermission } from '../sending.ts';
import { messageWords } from './message-words.ts';
import { snoozeRow } from './snooze.ts';
import type { Instead, Reason, Reminder } from './store.ts';

/** A timer is up to half a second late by itself, and one whose process died with its host some eight; beyond this the member is told. */
const lateMs = 60_000;

export type Delivery =
  | { readonly to: 'channel' | 'direct' }
  | { readonly to: 'nobody'; readonly reason: Reason };

type Tools = Pick<JobContext<unknown>, 'id' | 'api' | 'customId' | 'signal' | 'log'>;

interface Notes {
  /** When it comes again. */
  readonly nextAt: Date | undefined;
  readonly instead?: Instead | undefined;
}

/**
 * Sends it: to its channel, or where that does not take it to its member. Rejects when neither is known to be possible or
 * impossible: then it may be tried again, and is one message all the same. `isOff`: staff have switched reminders off in its guild.
 */
export async function deliver(
  tools: Tools,
  reminder: Reminder,
  { nextAt, isOff }: { readonly nextAt: Date | undefined; readonly isOff: boolean },
): Promise<Delivery> {
  const { channelId } = reminder;
  let instead: Instead | undefined;
  if (channelId !== null) {
    instead = isOff
      ? 'switchedOff'
      : insteadFor(await post(tools, channelId, message(tools, reminder, { nextAt })));
    if (instead === undefined) return { to: 'channel' };
  }
  const isThere = await postDirectly(tools, reminder, { nextAt, instead });
  return isThere ? { to: 'direct' } : { to: 'nobody', reason: instead ?? 'directClosed' };
}

async function postDirectly(tools: Tools, reminder: Reminder, notes: Notes): Promise<boolean> {
  const { api, signal } = tools;
  try {
    const { id } = await api.users.createDM(reminder.userId, { signal });
    return (await post(tools, id, message(tools, reminder, notes))) === undefined;
  } catch (error) {
    if (refusalCode(error) === undefined) throw error;
    return false;
  }
}

function insteadFor(trouble: Trouble | undefined): Instead | undefined {
  if (typeof trouble !== 'string') return trouble?.lacks;
  return trouble === 'gone' ? 'channelGone' : 'refused';
}

function message({ id, customId }: Tools, reminder: Reminder, notes: Notes): Parameters<typeof post>[2] {
  const speech = speechFor([reminder.locale], reminder.timeZone);
  return {
    content: text(reminder, notes, speech),
    allowed_mentions: { parse: [], users: [reminder.userId] },
    components: [snoozeRow(customId, reminder, messageWords.in(speech))],
    // Discord has at most one message of ours with it, however often the job is tried.
    nonce: `remind ${id}${notes.instead === undefined ? '' : ' dm'}`,
    enforce_nonce: true,
  };
}

function text(
  { userId, about, dueAt, channelId }: Reminder,
  { nextAt, instead }: Notes,
  speech: Speech,
): string {
  const say = messageWords.in(speech);
  const lateNote = Date.now() - dueAt.getTime() > lateMs ? [say('late', { due: shownTime(dueAt, 'R') })] : [];
  const nextNote = nextAt === undefined ? [] : [say('next', { when: shownTime(nextAt, 'F') })];
  const placeNote = instead === undefined ? [] : [placeText(instead, channelId ?? '', speech)];
  return [
    say('due', { member: verbatim(`<@${userId}>`) }),
    `> ${escapeMarkdown(about)}`,
    ...[...lateNote, ...placeNote, ...nextNote].map((note) => `-# ${note}`),
  ].join('\n');
}

/** Where it was meant for, and why it did not get there. */
function placeText(instead: Instead, channelId: string, speech: Speech): string {
  const say = messageWords.in(speech);
  const channel = channelMention(channelId);
  return isPostingPermission(instead)
    ? say('lacks', { channel, permission: permissionWords.in(speech)(instead) })
    : say(instead, { channel });
}
