import { ChannelType, OverwriteType, ThreadAutoArchiveDuration } from 'discord-api-types/v10';
import { z } from 'zod';
import { bitSet, snowflake } from '../forms/values.ts';

const guildTypes = [
  ChannelType.GuildText,
  ChannelType.GuildVoice,
  ChannelType.GuildCategory,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildStageVoice,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
] as const;

/** "amount of seconds a user has to wait", up to six hours (resources/channel.mdx, Channel Object) */
export const slowmode = z.int().min(0).max(21_600).nullish();
export const autoArchive = z.enum(ThreadAutoArchiveDuration).nullish();

export const overwriteFields = z.object({
  type: z.enum(OverwriteType).nullish(),
  allow: bitSet.nullish(),
  deny: bitSet.nullish(),
});

const tag = z.object({
  id: snowflake.nullish(),
  name: z.string().min(0).max(50),
  moderated: z.boolean().nullish(),
  emoji_id: snowflake.nullish(),
  emoji_name: z.string().max(100).nullish(),
});

const fields = {
  type: z.literal(guildTypes).nullish(),
  position: z.int().min(0).nullish(),
  topic: z.string().max(4_096).nullish(),
  bitrate: z.int().min(8_000).nullish(),
  user_limit: z.int().min(0).nullish(),
  nsfw: z.boolean().nullish(),
  rate_limit_per_user: slowmode,
  parent_id: snowflake.nullish(),
  permission_overwrites: z
    .array(overwriteFields.extend({ id: snowflake }))
    .max(100)
    .nullish(),
  rtc_region: z.string().nullish(),
  default_auto_archive_duration: autoArchive,
  default_reaction_emoji: z
    .object({ emoji_id: snowflake.nullish(), emoji_name: z.string().nullish() })
    .nullish(),
  default_thread_rate_limit_per_user: slowmode,
  default_sort_order: z.literal([0, 1]).nullish(),
  default_forum_layout: z.literal([0, 1, 2]).nullish(),
  available_tags: z.array(tag).max(20).nullish(),
};
const name = z.string().min(1).max(100);

/** resources/guild.mdx, Create Guild Channel */
export const newChannelForm = z.object({ ...fields, name });

/** resources/channel.mdx, Modify Channel, Guild Channel */
export const channelForm = z.object({
  ...fields,
  name: name.optional(),
  flags: z.int().min(0).nullish(),
});

/** resources/guild.mdx, Modify Guild Channel Positions */
export const positionsForm = z.array(
  z.object({
    id: snowflake.nullish(),
    position: z.int().min(0).nullish(),
    parent_id: snowflake.nullish(),
    lock_permissions: z.boolean().nullish(),
  }),
);

/** resources/channel.mdx, Modify Channel, Thread */
export const threadForm = z.object({
  name: name.nullish(),
  archived: z.boolean().nullish(),
  locked: z.boolean().nullish(),
  invitable: z.boolean().nullish(),
  auto_archive_duration: autoArchive,
  rate_limit_per_user: slowmode,
  flags: z.int().min(0).nullish(),
  applied_tags: z.array(snowflake).max(5).nullish(),
});

export type ChannelForm = z.output<typeof channelForm>;
export type OverwriteForm = NonNullable<ChannelForm['permission_overwrites']>[number];
