import { ChannelType, ThreadAutoArchiveDuration, type ChannelFlags } from 'discord-api-types/v10';
import { createdMsOf, isoTime } from '../snowflake.ts';
import { bornId, type Origin } from './born-ids.ts';
import { isForum, type WorldChannel, type WorldThread, type WorldThreadType } from './channel.ts';
import { pick } from './random.ts';

const subjects = [
  'How do I begin?',
  'My first one',
  'Looking for a partner',
  'Is this a bug?',
  'Weekly round',
] as const;

/** The posts that are active in the guild's forums; none where it has no forum. */
export function bornThreads(
  origin: Origin,
  channels: readonly WorldChannel[],
  size: { readonly threads: number; readonly members: number },
  random: () => number,
): readonly WorldThread[] {
  const [first, ...others] = channels.filter(({ type }) => isForum(type));
  if (!first) return [];
  return Array.from({ length: size.threads }, (_, nth) => {
    const thread = makeThread(bornId(origin, 'thread', nth), ChannelType.PublicThread, {
      name: `${pick(random, subjects)} (${nth + 1})`,
      parent_id: pick(random, [first, ...others]).id,
      owner_id: bornId(origin, 'member', 1 + Math.floor(random() * (size.members - 1))),
    });
    const count = Math.floor(random() * 40);
    return { ...thread, message_count: count, total_message_sent: count, applied_tags: [] };
  });
}

export type ThreadStart = {
  readonly name: string;
  readonly parent_id: string;
  readonly owner_id: string;
  readonly auto_archive_duration?: ThreadAutoArchiveDuration;
  readonly rate_limit_per_user?: number;
  /** Of a private thread: whether others than moderators may add members. */
  readonly invitable?: boolean;
  /** Of a forum's post. */
  readonly applied_tags?: readonly string[];
};

/** A new thread; it began when its id was made. */
export function makeThread(id: string, type: WorldThreadType, start: ThreadStart): WorldThread {
  const began = isoTime(createdMsOf(id) ?? 0);
  const { name, parent_id, owner_id, applied_tags } = start;
  return {
    id,
    type,
    name,
    parent_id,
    owner_id,
    thread_metadata: {
      archived: false,
      archive_timestamp: began,
      auto_archive_duration: start.auto_archive_duration ?? ThreadAutoArchiveDuration.OneDay,
      locked: false,
      create_timestamp: began,
      ...(type === ChannelType.PrivateThread && { invitable: start.invitable ?? true }),
    },
    message_count: 0,
    total_message_sent: 0,
    rate_limit_per_user: start.rate_limit_per_user ?? 0,
    last_message_id: null,
    flags: 0 as ChannelFlags,
    ...(applied_tags && { applied_tags }),
  };
}
