import {
  ChannelType,
  OverwriteType,
  PermissionFlagsBits,
  type APIGuildForumTag,
  type APIOverwrite,
} from 'discord-api-types/v10';
import { discordErrors, invalidForm } from '../forms/discord-error.ts';
import { given } from '../forms/values.ts';
import type { ChannelFields, WorldChannelType } from '../world/channel.ts';
import type { WorldGuild } from '../world/guild.ts';
import { checkInGuild } from './allowed.ts';
import type { ChannelForm, OverwriteForm } from './channel-form.ts';

const { ManageRoles } = PermissionFlagsBits;
/** resources/channel.mdx, Channel Object: a category "can contain up to 50 channels". */
const mostInCategory = 50;
const spoken: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ChannelType.GuildCategory,
]);

/**
 * What a form makes of a channel; null is the default, and for some fields a value of its own. Throws Discord's error for
 * a category that is none or full, and for permissions that the bot has not.
 */
export function channelFields(
  guild: WorldGuild,
  type: WorldChannelType,
  form: ChannelForm,
  nextId: () => string,
  channelId?: string,
): ChannelFields {
  const { name, type: _, flags, parent_id, permission_overwrites, available_tags, ...plain } = form;
  const { topic, rtc_region, default_reaction_emoji: emoji, default_sort_order, ...others } = plain;
  if (parent_id) checkCategory(guild, parent_id, channelId);
  const overwrites = permission_overwrites?.map((each) => overwriteOf(guild, each));
  if (overwrites) checkOverwrites(guild, overwrites, channelId);
  return {
    ...given(others),
    ...(name !== undefined && { name: spoken.has(type) ? name : textName(name) }),
    ...(topic !== undefined && { topic: topic || null }),
    ...(rtc_region !== undefined && { rtc_region }),
    ...(default_sort_order !== undefined && { default_sort_order }),
    ...(emoji !== undefined && { default_reaction_emoji: emoji && emojiOf(emoji) }),
    ...(parent_id !== undefined && { parent_id }),
    ...(typeof flags === 'number' && { flags }),
    ...(overwrites && { permission_overwrites: overwrites }),
    ...(available_tags && { available_tags: available_tags.map((tag) => tagOf(tag, nextId)) }),
  };
}

/** An overwrite without a type is of what has its id. */
export function overwriteOf(guild: WorldGuild, { id, type, allow, deny }: OverwriteForm): APIOverwrite {
  const guessed = guild.role(id) ? OverwriteType.Role : OverwriteType.Member;
  return { id, type: type ?? guessed, allow: allow ?? '0', deny: deny ?? '0' };
}

/** "Only permissions your bot has in the guild" can be allowed or denied (resources/channel.mdx, Edit Channel Permissions). */
export function checkOverwrites(
  guild: WorldGuild,
  overwrites: readonly APIOverwrite[],
  channelId?: string,
): void {
  const standing = guild.channels.find(({ id }) => id === channelId)?.permission_overwrites ?? [];
  const changed = overwrites.filter(
    ({ id, allow, deny }) =>
      !standing.some((old) => old.id === id && old.allow === allow && old.deny === deny),
  );
  const bits = changed.reduce((all, { allow, deny }) => all | BigInt(allow) | BigInt(deny), 0n);
  if (changed.length > 0 || overwrites.length < standing.length) checkInGuild(guild, ManageRoles | bits);
  for (const { id, type } of changed) {
    const isThere = type === OverwriteType.Role ? guild.role(id) : guild.members.get(id);
    if (!isThere) throw discordErrors.unknownOverwrite();
  }
}

function checkCategory(guild: WorldGuild, parentId: string, channelId: string | undefined): void {
  const parent = guild.channels.find(({ id }) => id === parentId);
  if (parent?.type !== ChannelType.GuildCategory)
    throw invalidForm([
      { path: ['parent_id'], code: 'CHANNEL_PARENT_INVALID_TYPE', message: 'Not a category' },
    ]);
  const inside = guild.channels.filter(({ id, parent_id }) => parent_id === parentId && id !== channelId);
  if (inside.length < mostInCategory) return;
  const message = `Maximum number of channels in category reached (${mostInCategory})`;
  throw invalidForm([{ path: ['parent_id'], code: 'CHANNEL_PARENT_MAX_CHANNELS', message }]);
}

/** Discord writes the names of text channels small, and with hyphens for spaces. */
function textName(name: string): string {
  return name.trim().toLowerCase().replaceAll(/\s+/g, '-');
}

type TagForm = NonNullable<ChannelForm['available_tags']>[number];

function tagOf(
  { id, name, moderated, emoji_id, emoji_name }: TagForm,
  nextId: () => string,
): APIGuildForumTag {
  return {
    id: id ?? nextId(),
    name,
    moderated: moderated ?? false,
    emoji_id: emoji_id ?? null,
    emoji_name: emoji_name ?? null,
  };
}

function emojiOf(emoji: NonNullable<ChannelForm['default_reaction_emoji']>) {
  return { emoji_id: emoji.emoji_id ?? null, emoji_name: emoji.emoji_name ?? null };
}
