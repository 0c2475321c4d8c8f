import type { APIAuditLogEntry, APIRole, Locale } from 'discord-api-types/v10';
import type { AnyChannel, WorldChannel, WorldThread } from './channel.ts';
import type { GuildSeed } from './guild-seed.ts';
import type { WorldInvite } from './invite.ts';
import type { WorldMember } from './member.ts';
import { Members } from './members.ts';
import type { Ban, GuildDetails, Overlay } from './overlay.ts';

/**
 * A guild as it is now: what its seed made, under what was changed since. Objects of pristine guilds are made and
 * forgotten again: keep the id, and ask the world.
 */
export class WorldGuild {
  readonly id: string;
  /** Counts from Discord's epoch, as the guild's id does. */
  readonly createdMs: number;
  readonly members: Members;
  /** For the verbs of `changes.ts` alone. */
  readonly overlay: Overlay;
  readonly #seed: GuildSeed;

  constructor(seed: GuildSeed, overlay: Overlay) {
    this.id = seed.id;
    this.createdMs = seed.origin.createdMs;
    this.members = new Members(seed, overlay);
    this.overlay = overlay;
    this.#seed = seed;
  }

  get name(): string {
    return this.overlay.settings.name ?? this.#seed.name;
  }

  get locale(): Locale {
    return this.overlay.settings.locale ?? this.#seed.locale;
  }

  get ownerId(): string {
    return this.overlay.settings.ownerId ?? this.#seed.ownerId;
  }

  /** What else it was set to. */
  get details(): GuildDetails {
    return this.overlay.settings.details ?? {};
  }

  /** @everyone is the first; its id is the guild's. */
  get roles(): readonly APIRole[] {
    return this.overlay.roles ?? this.#seed.roles;
  }

  /** Without threads. */
  get channels(): readonly WorldChannel[] {
    return this.overlay.channels ?? this.#seed.channels;
  }

  /** Archived ones, too. */
  get threads(): readonly WorldThread[] {
    return this.overlay.threads ?? this.#seed.threads;
  }

  /** The bot as a member of this guild. */
  get bot(): WorldMember {
    return this.members.get(this.#seed.bot.user.id) ?? this.#seed.bot;
  }

  get bans(): ReadonlyMap<string, Ban> {
    return this.overlay.bans;
  }

  get invites(): ReadonlyMap<string, WorldInvite> {
    return this.overlay.invites;
  }

  /** The oldest entry first. */
  get auditLog(): readonly APIAuditLogEntry[] {
    return this.overlay.auditLog;
  }

  role(id: string): APIRole | undefined {
    return this.roles.find((role) => role.id === id);
  }

  /** A channel or a thread. */
  channel(id: string): AnyChannel | undefined {
    return this.channels.find((channel) => channel.id === id) ?? this.thread(id);
  }

  thread(id: string): WorldThread | undefined {
    return this.threads.find((thread) => thread.id === id);
  }

  parentOf(thread: WorldThread): WorldChannel | undefined {
    return this.channels.find(({ id }) => id === thread.parent_id);
  }

  /** User ids, and when they joined the thread (ISO time). */
  threadMembers({ id, owner_id, thread_metadata }: WorldThread): ReadonlyMap<string, string> {
    const joined = thread_metadata.create_timestamp ?? thread_metadata.archive_timestamp;
    return this.overlay.threadMembers.get(id) ?? new Map([[owner_id, joined]]);
  }
}
