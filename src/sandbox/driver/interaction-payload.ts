import type { APIMessage } from 'discord-api-types/v10';
import { maxFileBytes } from '../cdn/cdn.ts';
import type { Interaction } from '../interactions/interaction.ts';
import { memberPayload } from '../world/member.ts';
import type { Scene } from './scene.ts';

/** The data of INTERACTION_CREATE (receiving-and-responding.mdx, Interaction Structure); `data` depends on its type. */
export function interactionPayload(
  { id, token, origin }: Interaction,
  { guild, channel, member }: Scene,
  data: object,
  message?: APIMessage,
): object {
  const permissions = String(member.permissions);
  return {
    id,
    application_id: origin.applicationId,
    type: origin.type,
    token,
    version: 1,
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    channel_id: channel.id,
    channel: { ...channel, guild_id: guild.id, parent_id: null, flags: 0, nsfw: false, permissions },
    member: { ...memberPayload(member), user: member.user, permissions },
    locale: guild.locale,
    app_permissions: String(guild.bot.permissions),
    context: 0,
    authorizing_integration_owners: { 0: guild.id },
    entitlements: [],
    attachment_size_limit: maxFileBytes,
    ...(message && { message }),
    data,
  };
}
