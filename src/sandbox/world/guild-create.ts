import {
  GuildDefaultMessageNotifications,
  GuildExplicitContentFilter,
  type ChannelFlags,
  type GuildHubType,
  GuildMFALevel,
  GuildNSFWLevel,
  GuildPremiumTier,
  type GuildSystemChannelFlags,
  GuildVerificationLevel,
  type GatewayGuildCreateDispatchData,
} from 'discord-api-types/v10';
import { isoTime } from '../snowflake.ts';
import type { WorldChannel, WorldGuild } from './guild.ts';
import { memberPayload, type WorldMember } from './member.ts';

type GuildCreate = Omit<GatewayGuildCreateDispatchData, 'hub_type'> & { hub_type: GuildHubType | null };

/**
 * The data of GUILD_CREATE. Without the Guild Presences intent it carries the bot alone among its members
 * (events/gateway-events.mdx:762).
 */
export function guildCreate(guild: WorldGuild, withAllMembers: boolean): GuildCreate {
  const everybody = [...guild.members, guild.bot];
  const members = withAllMembers ? everybody : [guild.bot];
  return {
    ...guildSettings(guild),
    roles: [...guild.roles],
    channels: guild.channels.map((channel) => shownChannel(guild, channel)),
    members: members.map((member) => ({ ...memberPayload(member), user: member.user })),
    member_count: everybody.length,
    large: false,
    unavailable: false,
    joined_at: isoTime(guild.createdMs),
    ...nothingThere(),
  };
}

/** A channel as the gateway and REST alike show it. */
export function shownChannel(guild: WorldGuild, channel: WorldChannel) {
  return {
    ...channel,
    guild_id: guild.id,
    permission_overwrites: [],
    parent_id: null,
    last_message_id: null,
    last_pin_timestamp: null,
    rate_limit_per_user: 0,
    nsfw: false,
    flags: 0 as ChannelFlags,
  };
}

function nothingThere() {
  return {
    emojis: [],
    stickers: [],
    threads: [],
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
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
    owner_id: ownerOf(guild).user.id,
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
    features: [],
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
  };
}

function ownerOf(guild: WorldGuild): WorldMember {
  return guild.members.find((member) => member.kind === 'owner') ?? guild.bot;
}
