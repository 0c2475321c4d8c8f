import { MessageFlags } from 'discord-api-types/v10';
import type { DispatchEvent } from '../control/feed.ts';
import { isRecord } from '../gateway/frames.ts';
import type { Session } from '../gateway/session.ts';

export type Dispatched = {
  readonly event: string;
  readonly data: unknown;
  /** The sessions of its shard. */
  readonly sessions: readonly Session[];
  /** Those of them whose intents let them have it. */
  readonly audience: readonly Session[];
};

/** What a chat page shows; the rest is told without its data. */
const chatEvents = /^(?:MESSAGE_|TYPING_START$|THREAD_|CHANNEL_|GUILD_MEMBER_)/;

/** A dispatch as the feed tells it. The event's data is handed on by reference. */
export function dispatchEvent({
  event,
  data,
  sessions,
  audience,
}: Dispatched): Omit<DispatchEvent, 'id' | 'at'> {
  const facts = isRecord(data) ? data : {};
  return {
    kind: 'dispatch',
    event,
    guildId: idIn(facts, 'guild_id'),
    channelId: idIn(facts, 'channel_id'),
    shardIds: [...new Set(sessions.map(({ shardId }) => shardId))],
    to: audience.map(({ id, sequence, connected }) => ({ sessionId: id, sequence, connected })),
    ...(chatEvents.test(event) && !isEphemeral(facts) && { data }),
  };
}

export function idIn(facts: Readonly<Record<string, unknown>>, name: string): string | null {
  const { [name]: id } = facts;
  return typeof id === 'string' ? id : null;
}

function isEphemeral({ flags }: Readonly<Record<string, unknown>>): boolean {
  return typeof flags === 'number' && (flags & MessageFlags.Ephemeral) !== 0;
}
