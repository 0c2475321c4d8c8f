import type { APIMessage } from 'discord-api-types/v10';
import { maxFileBytes } from '../cdn/cdn.ts';
import type { Interaction } from '../interactions/interaction.ts';
import { guildFeatures, shownChannel } from '../world/guild-create.ts';
import { memberPayload } from '../world/member.ts';
import { permissionsIn } from '../world/permissions.ts';
import type { Scene } from './scene.ts';

/** The data of INTERACTION_CREATE (receiving-and-responding.mdx, Interaction Structure); `data` depends on its type. */
export function interactionPayload(
  { id, token, origin }: Interaction,
  { guild, channel, member, locale = guild.locale }: Scene,
  data: object,
  message?: APIMessage,
): object {
  const permissions = String(permissionsIn(guild, member, channel));
  return {
    id,
    application_id: origin.applicationId,
    type: origin.type,
    token,
    version: 1,
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: guildFeatures(guild) },
    guild_locale: guild.locale,
    channel_id: channel.id,
    channel: shownChannel(guild, channel),
    member: { ...memberPayload(member), user: member.user, permissions },
    locale,
    app_permissions: String(permissionsIn(guild, guild.bot, channel)),
    context: 0,
    authorizing_integration_owners: { 0: guild.id },
    entitlements: [],
    attachment_size_limit: maxFileBytes,
    ...(message && { message }),
    data,
  };
}
