import {
  AuditLogEvent,
  ChannelType,
  GatewayDispatchEvents,
  type ChannelFlags,
  type ThreadAutoArchiveDuration,
} from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { SnowflakeClock } from '../snowflake.ts';
import { differences, type Deed } from './audit-log.ts';
import type { WorldThread, WorldThreadType } from './channel.ts';
import { shownChannel, threadMember } from './guild-create.ts';
import type { WorldGuild } from './guild.ts';
import { memberWithUser } from './member.ts';
import { seesThread } from './permissions.ts';
import type { Stage } from './stage.ts';
import { makeThread, type ThreadStart } from './threads.ts';

const events = GatewayDispatchEvents;
const mostActive = 1_000;

/** What can be changed of a thread (resources/channel.mdx, Modify Channel, Thread). */
export type ThreadFields = {
  readonly name?: string;
  readonly archived?: boolean;
  readonly locked?: boolean;
  readonly auto_archive_duration?: ThreadAutoArchiveDuration;
  readonly invitable?: boolean;
  readonly rate_limit_per_user?: number;
  readonly applied_tags?: readonly string[];
  readonly flags?: ChannelFlags;
};

/** Each method throws Discord's error for what is not there. Of a private thread a bot outside of it is told nothing. */
export class ThreadChanges {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** A thread with its owner in it. One that begins at a message has that message's id. */
  create(
    guildId: string,
    type: WorldThreadType,
    start: ThreadStart,
    deed: Deed,
    id = this.#stage.nextId(),
  ): WorldThread {
    const guild = this.#stage.guild(guildId);
    if (!guild.channels.some((channel) => channel.id === start.parent_id))
      throw discordErrors.unknownChannel();
    const active = guild.threads.filter(({ thread_metadata }) => !thread_metadata.archived);
    if (active.length >= mostActive) throw discordErrors.tooManyThreads();
    const thread = makeThread(id, type, start);
    guild.overlay.threads = [...guild.threads, thread];
    this.#stage.world.settle(id, guildId);
    this.#tell(guild, thread, events.ThreadCreate, { ...shownChannel(guild, thread), newly_created: true });
    this.#tellMembers(guild, thread, { added: start.owner_id });
    const changes = differences(undefined, logged(thread));
    this.#stage.log(guild, deed, { action: AuditLogEvent.ThreadCreate, target: id, changes });
    return thread;
  }

  update(guildId: string, threadId: string, fields: ThreadFields, deed: Deed): WorldThread {
    const guild = this.#stage.guild(guildId);
    const before = threadOf(guild, threadId);
    const after = changed(before, fields);
    const changes = differences(logged(before), logged(after));
    if (differences(before, after).length === 0) return before;
    guild.overlay.threads = guild.threads.map((thread) => (thread === before ? after : thread));
    this.#tell(guild, after, events.ThreadUpdate, shownChannel(guild, after));
    if (changes.length > 0)
      this.#stage.log(guild, deed, { action: AuditLogEvent.ThreadUpdate, target: threadId, changes });
    return after;
  }

  delete(guildId: string, threadId: string, deed: Deed): WorldThread {
    const guild = this.#stage.guild(guildId);
    const gone = threadOf(guild, threadId);
    const { id, parent_id, type } = gone;
    this.#tell(guild, gone, events.ThreadDelete, { id, parent_id, type });
    guild.overlay.threads = guild.threads.filter((thread) => thread !== gone);
    guild.overlay.threadMembers.delete(threadId);
    this.#stage.world.unsettle(threadId);
    const changes = differences(logged(gone), undefined);
    this.#stage.log(guild, deed, { action: AuditLogEvent.ThreadDelete, target: threadId, changes });
    return gone;
  }

  /** A member of the guild joins the thread, or is added to it. */
  join(guildId: string, threadId: string, userId: string): void {
    const guild = this.#stage.guild(guildId);
    const thread = threadOf(guild, threadId);
    if (!guild.members.get(userId)) throw discordErrors.unknownMember();
    if (guild.threadMembers(thread).has(userId)) return;
    this.#membersOf(guild, thread).set(userId, SnowflakeClock.nowIso());
    // Until now the bot did not know of it (events/gateway-events.mdx, Thread Create).
    if (userId === guild.bot.user.id && thread.type === ChannelType.PrivateThread)
      this.#tell(guild, thread, events.ThreadCreate, shownChannel(guild, thread));
    this.#tellMembers(guild, thread, { added: userId });
  }

  /** The member leaves the thread, or is removed from it. */
  leave(guildId: string, threadId: string, userId: string): void {
    const guild = this.#stage.guild(guildId);
    const thread = threadOf(guild, threadId);
    if (!guild.threadMembers(thread).has(userId)) throw discordErrors.unknownMember();
    this.#membersOf(guild, thread).delete(userId);
    this.#tellMembers(guild, thread, { removed: userId });
  }

  #membersOf(guild: WorldGuild, thread: WorldThread): Map<string, string> {
    const members = guild.overlay.threadMembers.get(thread.id) ?? new Map(guild.threadMembers(thread));
    guild.overlay.threadMembers.set(thread.id, members);
    return members;
  }

  /** A bot that is just removed from a private thread is told so, too. */
  #tellMembers(
    guild: WorldGuild,
    thread: WorldThread,
    { added, removed }: { readonly added?: string; readonly removed?: string },
  ): void {
    const members = guild.threadMembers(thread);
    const data = {
      id: thread.id,
      member_count: Math.min(members.size, 50),
      ...(added !== undefined && { added_members: [shownMember(guild, thread, added)] }),
      ...(removed !== undefined && { removed_member_ids: [removed] }),
    };
    if (removed === guild.bot.user.id || seesThread(guild, guild.bot, thread))
      this.#stage.tell(guild, events.ThreadMembersUpdate, data);
  }

  #tell(guild: WorldGuild, thread: WorldThread, event: GatewayDispatchEvents, data: object): void {
    if (seesThread(guild, guild.bot, thread)) this.#stage.tell(guild, event, data);
  }
}

function shownMember(guild: WorldGuild, thread: WorldThread, userId: string): object {
  const member = guild.members.get(userId);
  const joined = guild.threadMembers(thread).get(userId) ?? SnowflakeClock.nowIso();
  return {
    ...threadMember(thread.id, userId, joined),
    ...(member && { member: memberWithUser(member) }),
    presence: null,
  };
}

function threadOf(guild: WorldGuild, threadId: string): WorldThread {
  const thread = guild.thread(threadId);
  if (!thread) throw discordErrors.unknownChannel();
  return thread;
}

function changed(thread: WorldThread, fields: ThreadFields): WorldThread {
  const { archived, locked, auto_archive_duration, invitable, ...own } = fields;
  const given = Object.entries({ archived, locked, auto_archive_duration, invitable });
  const metadata = {
    ...thread.thread_metadata,
    ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
  };
  const turned = metadata.archived !== thread.thread_metadata.archived;
  // When it was last archived or unarchived (resources/channel.mdx, Thread Metadata).
  const thread_metadata = turned ? { ...metadata, archive_timestamp: SnowflakeClock.nowIso() } : metadata;
  return { ...thread, ...own, thread_metadata };
}

function logged({ name, type, rate_limit_per_user, thread_metadata }: WorldThread): object {
  const { archived, locked, auto_archive_duration } = thread_metadata;
  return { name, type, rate_limit_per_user, archived, locked, auto_archive_duration };
}
