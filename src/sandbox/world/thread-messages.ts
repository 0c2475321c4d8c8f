import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { WorldThread } from './channel.ts';
import type { WorldGuild } from './guild.ts';
import type { Stage } from './stage.ts';
import type { ThreadChanges } from './thread-changes.ts';

const created: string = GatewayDispatchEvents.MessageCreate;
const aboutMessages: ReadonlySet<string> = new Set([
  created,
  GatewayDispatchEvents.MessageDelete,
  GatewayDispatchEvents.MessageDeleteBulk,
]);

/** What messages do to the thread that they are in (topics/threads.mdx); that they are counted, no event tells. */
export class ThreadMessages {
  readonly #stage: Stage;
  readonly #threads: ThreadChanges;

  constructor(stage: Stage, threads: ThreadChanges) {
    this.#stage = stage;
    this.#threads = threads;
  }

  /** For every event about messages, before it is dispatched. */
  follow(guildId: string, event: string, data: unknown): void {
    if (!aboutMessages.has(event)) return;
    const message = data as MessageEvent;
    const place = this.#stage.world.place(message.channel_id);
    const thread = place?.guild.id === guildId && place.guild.thread(message.channel_id);
    if (!thread) return;
    if (event === created) this.#posted(guildId, thread, message);
    else this.#deleted(guildId, thread, message.ids ?? [message.id ?? '']);
  }

  /** It opens the thread again, and makes the author one of its members. */
  #posted(guildId: string, thread: WorldThread, { id = '', author }: MessageEvent): void {
    const by = author?.id ?? '';
    if (thread.thread_metadata.archived)
      this.#threads.update(guildId, thread.id, { archived: false }, { by });
    const guild = this.#stage.guild(guildId);
    if (guild.members.get(by)) this.#threads.join(guildId, thread.id, by);
    // The message that began the thread is not counted.
    const counted = id === thread.id ? 0 : 1;
    replace(guild, thread.id, (now) => ({
      ...now,
      last_message_id: id,
      message_count: now.message_count + counted,
      total_message_sent: now.total_message_sent + counted,
    }));
  }

  #deleted(guildId: string, thread: WorldThread, ids: readonly string[]): void {
    const gone = ids.filter((id) => id !== thread.id).length;
    replace(this.#stage.guild(guildId), thread.id, (now) => ({
      ...now,
      message_count: Math.max(0, now.message_count - gone),
    }));
  }
}

type MessageEvent = {
  readonly id?: string;
  readonly ids?: readonly string[];
  readonly channel_id: string;
  readonly author?: { readonly id: string };
};

function replace(guild: WorldGuild, threadId: string, change: (thread: WorldThread) => WorldThread): void {
  guild.overlay.threads = guild.threads.map((thread) => (thread.id === threadId ? change(thread) : thread));
}
