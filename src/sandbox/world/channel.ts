import {
  ChannelType,
  ThreadAutoArchiveDuration,
  type APIGuildForumTag,
  type APIOverwrite,
  type APIThreadMetadata,
  type ChannelFlags,
} from 'discord-api-types/v10';

const types = ChannelType;

/** A direct message's channel is none of a guild's: see `directs.ts`. */
export type WorldChannelType =
  | ChannelType.DM
  | ChannelType.GuildText
  | ChannelType.GuildVoice
  | ChannelType.GuildCategory
  | ChannelType.GuildAnnouncement
  | ChannelType.GuildStageVoice
  | ChannelType.GuildForum
  | ChannelType.GuildMedia;

export type WorldThreadType =
  | ChannelType.AnnouncementThread
  | ChannelType.PublicThread
  | ChannelType.PrivateThread;

/** What a client may say of a channel (resources/channel.mdx, Modify Channel); which of it counts depends on the type. */
export type ChannelFields = {
  readonly name?: string;
  readonly position?: number;
  readonly parent_id?: string | null;
  readonly permission_overwrites?: readonly APIOverwrite[];
  readonly topic?: string | null;
  readonly nsfw?: boolean;
  readonly rate_limit_per_user?: number;
  readonly bitrate?: number;
  readonly user_limit?: number;
  readonly rtc_region?: string | null;
  readonly default_auto_archive_duration?: ThreadAutoArchiveDuration;
  readonly default_thread_rate_limit_per_user?: number;
  readonly available_tags?: readonly APIGuildForumTag[];
  readonly default_reaction_emoji?: {
    readonly emoji_id: string | null;
    readonly emoji_name: string | null;
  } | null;
  readonly default_sort_order?: number | null;
  readonly default_forum_layout?: number;
  readonly flags?: ChannelFlags;
};

/** A channel in the form of Discord's API, its guild apart. */
export type WorldChannel = ChannelFields & {
  readonly id: string;
  readonly type: WorldChannelType;
  readonly name: string;
  readonly position: number;
  readonly parent_id: string | null;
  readonly permission_overwrites: readonly APIOverwrite[];
  readonly flags: ChannelFlags;
};

/** A thread in the form of Discord's API, its guild and its members apart. */
export type WorldThread = {
  readonly id: string;
  readonly type: WorldThreadType;
  readonly name: string;
  readonly parent_id: string;
  readonly owner_id: string;
  readonly thread_metadata: Readonly<APIThreadMetadata>;
  readonly message_count: number;
  readonly total_message_sent: number;
  readonly rate_limit_per_user: number;
  readonly last_message_id: string | null;
  readonly flags: ChannelFlags;
  readonly applied_tags?: readonly string[];
};

export type AnyChannel = WorldChannel | WorldThread;

export function isThread(channel: AnyChannel): channel is WorldThread {
  return 'thread_metadata' in channel;
}

/** Whether messages can be posted right there: not in a category, nor beside the posts of a forum. */
export function takesMessages({ type }: AnyChannel): boolean {
  return type !== types.GuildCategory && !isForum(type);
}

export function isForum(type: ChannelType): boolean {
  return type === types.GuildForum || type === types.GuildMedia;
}

/** A new channel: the fields that its type has, then what `fields` say of these. */
export function makeChannel(
  id: string,
  type: WorldChannelType,
  name: string,
  fields: ChannelFields,
): WorldChannel {
  const common = {
    id,
    type,
    name,
    position: 0,
    parent_id: null,
    permission_overwrites: [],
    flags: 0 as ChannelFlags,
  };
  return changedChannel({ ...common, ...defaultsOf(type) }, fields);
}

/** The channel after a change; what its type does not have is passed over, as Discord does. */
export function changedChannel(channel: WorldChannel, fields: ChannelFields): WorldChannel {
  return {
    ...channel,
    ...Object.fromEntries(
      Object.entries(fields).filter(([field, value]) => field in channel && value !== undefined),
    ),
  };
}

function defaultsOf(type: WorldChannelType): ChannelFields & { last_message_id?: null } {
  const writing = { nsfw: false, rate_limit_per_user: 0, last_message_id: null } as const;
  const speaking = { bitrate: 64_000, user_limit: 0, rtc_region: null };
  switch (type) {
    case types.GuildCategory:
    case types.DM:
      return {};
    case types.GuildText:
    case types.GuildAnnouncement:
      return { ...writing, topic: null, default_auto_archive_duration: ThreadAutoArchiveDuration.OneDay };
    case types.GuildVoice:
    case types.GuildStageVoice:
      return { ...writing, ...speaking };
    case types.GuildForum:
    case types.GuildMedia:
      return { ...writing, ...forumDefaults };
    default:
      return type satisfies never;
  }
}

const forumDefaults = {
  topic: null,
  available_tags: [],
  default_reaction_emoji: null,
  default_sort_order: null,
  default_forum_layout: 0,
  default_thread_rate_limit_per_user: 0,
  default_auto_archive_duration: ThreadAutoArchiveDuration.ThreeDays,
};
