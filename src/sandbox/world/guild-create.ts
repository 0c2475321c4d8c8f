import {
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  GuildFeature,
  type GuildHubType,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  type GuildSystemChannelFlags,
  GuildVerificationLevel,
  Locale,
  type ThreadMemberFlags,
  type GatewayGuildCreateDispatchData,
} from 'discord-api-types/v10';
import { isThread, type AnyChannel } from './channel.ts';
import type { WorldGuild } from './guild.ts';
import { memberWithUser } from './member.ts';
import { seesThread } from './permissions.ts';

/** Channels and threads are of every type that Discord has, which its types tell apart and the world does not. */
type GuildCreate = Omit<GatewayGuildCreateDispatchData, 'hub_type' | 'channels' | 'threads'> & {
  hub_type: GuildHubType | null;
  channels: object[];
  threads: object[];
};

/** What the client said in IDENTIFY of the members it wants. */
export type MembersWanted = { readonly withPresences: boolean; readonly largeThreshold: number };

/**
 * The data of GUILD_CREATE. Nobody is online, so a large guild comes with the bot alone among its members, and so does any
 * guild without the Guild Presences intent (events/gateway-events.mdx:762).
 */
export function guildCreate(guild: WorldGuild, wanted: MembersWanted): GuildCreate {
  const member_count = guild.members.count;
  const large = member_count > wanted.largeThreshold;
  const members = wanted.withPresences && !large ? guild.members.page(member_count) : [guild.bot];
  return {
    ...guildSettings(guild),
    roles: [...guild.roles],
    channels: guild.channels.map((channel) => shownChannel(guild, channel)),
    threads: guild.threads
      .filter((thread) => !thread.thread_metadata.archived && seesThread(guild, guild.bot, thread))
      .map((thread) => shownChannel(guild, thread)),
    members: members.map(memberWithUser),
    member_count,
    large,
    unavailable: false,
    joined_at: guild.bot.joinedAt,
    ...nothingThere(),
  };
}

/** A channel or a thread as the gateway and REST alike show it. */
export function shownChannel(guild: WorldGuild, channel: AnyChannel): object {
  if (!isThread(channel)) return { ...channel, guild_id: guild.id };
  const members = guild.threadMembers(channel);
  const joined = members.get(guild.bot.user.id);
  return {
    ...channel,
    guild_id: guild.id,
    // Discord counts no further (resources/channel.mdx, Channel Object).
    member_count: Math.min(members.size, 50),
    ...(joined !== undefined && { member: threadMember(channel.id, guild.bot.user.id, joined) }),
  };
}

/** resources/channel.mdx, Thread Member Object */
export function threadMember(threadId: string, userId: string, joinedAt: string) {
  return { id: threadId, user_id: userId, join_timestamp: joinedAt, flags: 0 as ThreadMemberFlags };
}

function nothingThere() {
  return {
    emojis: [],
    stickers: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** Only a Community has a `preferred_locale` of its own (resources/guild.mdx, Guild Object), so whoever has one is a Community. */
export function guildFeatures({ locale }: WorldGuild): GuildFeature[] {
  return locale === Locale.EnglishUS ? [] : [GuildFeature.Community];
}

/** What a guild is set to, as the gateway and REST alike show it. */
export function guildSettings(guild: WorldGuild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    description: null,
    vanity_url_code: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300 as const,
    system_channel_id: guild.channels[0]?.id ?? null,
    system_channel_flags: 0 as GuildSystemChannelFlags,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: GuildVerificationLevel.Low,
    default_message_notifications: GuildDefaultMessageNotifications.OnlyMentions,
    explicit_content_filter: GuildExplicitContentFilter.AllMembers,
    mfa_level: GuildMFALevel.None,
    nsfw_level: GuildNSFWLevel.Default,
    features: guildFeatures(guild),
    hub_type: null,
    premium_tier: GuildPremiumTier.None,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: guild.locale,
    max_members: 500_000,
    max_presences: null,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    incidents_data: null,
    ...guild.details,
  };
}
