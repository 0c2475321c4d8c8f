import { escapeMarkdown, speechFor, verbatim } from '../../i18n/i18n.ts';
import { refusalCode } from '../../discord/refused.ts';
import type { JobContext } from '../job.ts';
import { messageWords } from './message-words.ts';
import { snoozeRow } from './snooze.ts';
import type { Instead, Problem, Reason, Reminder } from './store.ts';
import { shownChannel, shownTime } from './times.ts';

/** A timer is up to half a second late by itself, and one whose process died with its host some eight; beyond this the member is told. */
const lateMs = 60_000;

export type Delivery =
  | { readonly to: 'channel' | 'direct' }
  | { readonly to: 'nobody'; readonly reason: Reason };

type Tools = Pick<JobContext<unknown>, 'id' | 'api' | 'customId' | 'signal'>;

/**
 * Sends it: to its channel, or where that does not take it to its member. Rejects when neither is known to be possible or
 * impossible: then it may be tried again, and is one message all the same. `nextAt`: when it comes again. `isOff`: staff have
 * switched reminders off in its guild.
 */
export async function deliver(
  tools: Tools,
  reminder: Reminder,
  { nextAt, isOff }: { readonly nextAt: Date | undefined; readonly isOff: boolean },
): Promise<Delivery> {
  const { channelId } = reminder;
  let instead: Instead | undefined;
  if (channelId !== null) {
    instead = isOff ? 'switchedOff' : await post(tools, reminder, { channelId, nextAt });
    if (instead === undefined) return { to: 'channel' };
  }
  const directProblem = await postDirectly(tools, reminder, nextAt, instead);
  return directProblem === undefined ? { to: 'direct' } : { to: 'nobody', reason: instead ?? 'directClosed' };
}

async function postDirectly(
  tools: Tools,
  reminder: Reminder,
  nextAt: Date | undefined,
  instead: Instead | undefined,
): Promise<Problem | undefined> {
  const { signal } = tools;
  const opened = await refusable(() => tools.api.users.createDM(reminder.userId, { signal }));
  if ('problem' in opened) return opened.problem;
  return post(tools, reminder, { channelId: opened.result.id, nextAt, instead });
}

/** Returns why Discord will not have it there; `undefined` when it is there. */
async function post(
  { id, api, customId, signal }: Tools,
  reminder: Reminder,
  to: {
    readonly channelId: string;
    readonly nextAt: Date | undefined;
    readonly instead?: Instead | undefined;
  },
): Promise<Problem | undefined> {
  const say = messageWords.in(speechFor([reminder.locale], reminder.timeZone));
  const posted = await refusable(() =>
    api.channels.createMessage(
      to.channelId,
      {
        content: text(reminder, to, say),
        allowed_mentions: { parse: [], users: [reminder.userId] },
        components: [snoozeRow(customId, reminder, say)],
        // Discord has at most one message of ours with it, however often the job is tried.
        nonce: `remind ${id}${to.instead === undefined ? '' : ' dm'}`,
        enforce_nonce: true,
      },
      { signal },
    ),
  );
  return 'problem' in posted ? posted.problem : undefined;
}

function text(
  { userId, about, dueAt, channelId }: Reminder,
  { nextAt, instead }: { readonly nextAt: Date | undefined; readonly instead?: Instead | undefined },
  say: ReturnType<(typeof messageWords)['in']>,
): string {
  const lateNote = Date.now() - dueAt.getTime() > lateMs ? [say('late', { due: shownTime(dueAt, 'R') })] : [];
  const nextNote = nextAt === undefined ? [] : [say('next', { when: shownTime(nextAt, 'F') })];
  const placeNote =
    instead === undefined || instead === 'directClosed'
      ? []
      : [say(instead, { channel: shownChannel(channelId ?? '') })];
  return [
    say('due', { member: verbatim(`<@${userId}>`) }),
    `> ${escapeMarkdown(about)}`,
    ...[...lateNote, ...placeNote, ...nextNote].map((note) => `-# ${note}`),
  ].join('\n');
}

/** The result of a call, or why Discord refuses it for good. */
async function refusable<T>(
  call: () => Promise<T>,
): Promise<{ readonly result: T } | { readonly problem: Problem }> {
  try {
    return { result: await call() };
  } catch (error) {
    const code = refusalCode(error);
    if (code === undefined) throw error;
    return { problem: problems[code] ?? 'refused' };
  }
}

/** topics/opcodes-and-status-codes, "JSON Error Codes". */
const problems: Readonly<Record<number, Problem>> = {
  10_003: 'channelGone',
  50_001: 'noPermission',
  50_013: 'noPermission',
  50_007: 'directClosed',
};
