import type { APIAuditLogEntry, APIGuild, APIRole, APIUser, Locale } from 'discord-api-types/v10';
import type { WorldChannel, WorldThread } from './channel.ts';
import type { WorldInvite } from './invite.ts';
import type { WorldMember } from './member.ts';

export type Ban = { readonly user: APIUser; readonly reason: string | null };

/** What a guild may be renamed to, and the like. */
export type GuildSettings = {
  readonly name: string;
  readonly locale: Locale;
  readonly ownerId: string;
  readonly details: GuildDetails;
};

/** What else may be set, in the form of Discord's API. */
export type GuildDetails = Partial<
  Readonly<
    Pick<
      APIGuild,
      | 'description'
      | 'verification_level'
      | 'default_message_notifications'
      | 'explicit_content_filter'
      | 'afk_timeout'
      | 'afk_channel_id'
      | 'system_channel_id'
      | 'system_channel_flags'
      | 'rules_channel_id'
      | 'public_updates_channel_id'
      | 'safety_alerts_channel_id'
      | 'premium_progress_bar_enabled'
    >
  >
>;

/** What became of a guild since the seed made it. A list that is undefined is as it was. */
export type Overlay = {
  settings: Partial<GuildSettings>;
  roles: readonly APIRole[] | undefined;
  channels: readonly WorldChannel[] | undefined;
  threads: readonly WorldThread[] | undefined;
  /** By thread: user ids, and when they joined (ISO time). A thread that is not here has its owner alone. */
  readonly threadMembers: Map<string, Map<string, string>>;
  /** By user id; null for one who is gone. */
  readonly members: Map<string, WorldMember | null>;
  readonly bans: Map<string, Ban>;
  /** By code. */
  readonly invites: Map<string, WorldInvite>;
  /** The oldest entry first. */
  readonly auditLog: APIAuditLogEntry[];
};

export function emptyOverlay(): Overlay {
  return {
    settings: {},
    roles: undefined,
    channels: undefined,
    threads: undefined,
    threadMembers: new Map(),
    members: new Map(),
    bans: new Map(),
    invites: new Map(),
    auditLog: [],
  };
}
