import { ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import type { Interaction } from '../interactions/interaction.ts';
import type { WorldChannel, WorldGuild } from '../world/guild.ts';
import { memberPayload, type WorldMember } from '../world/member.ts';
import type { ChosenCommand } from './chosen-command.ts';
import type { SentValue } from './option-values.ts';
import { resolvedOf } from './resolved.ts';

export type Invocation = {
  readonly guild: WorldGuild;
  readonly channel: WorldChannel;
  readonly member: WorldMember;
  readonly chosen: ChosenCommand;
  readonly commandId: string;
  readonly values: readonly SentValue[];
};

/** The data of INTERACTION_CREATE for a slash command (receiving-and-responding.mdx, Interaction Structure). */
export function interactionPayload({ id, token, origin }: Interaction, invocation: Invocation): object {
  const { guild, channel, member, chosen, commandId, values } = invocation;
  const permissions = String(member.permissions);
  const resolved = resolvedOf(values, guild);
  return {
    id,
    application_id: origin.applicationId,
    type: InteractionType.ApplicationCommand,
    token,
    version: 1,
    guild_id: guild.id,
    guild: { id: guild.id, locale: guild.locale, features: [] },
    guild_locale: guild.locale,
    channel_id: channel.id,
    channel: { ...channel, guild_id: guild.id, parent_id: null, flags: 0, nsfw: false },
    member: { ...memberPayload(member), user: member.user, permissions },
    locale: guild.locale,
    app_permissions: String(guild.bot.permissions),
    context: 0,
    authorizing_integration_owners: { 0: guild.id },
    entitlements: [],
    attachment_size_limit: 10 * 2 ** 20,
    data: {
      id: commandId,
      name: chosen.name,
      type: ApplicationCommandType.ChatInput,
      ...(chosen.command?.guild_id !== undefined && { guild_id: guild.id }),
      options: nest(chosen.path, values),
      ...(resolved && { resolved }),
    },
  };
}

/** Values go inside the subcommand, and that inside its group. */
function nest(path: ChosenCommand['path'], values: readonly SentValue[]): readonly object[] {
  return path.reduceRight<readonly object[]>((options, step) => [{ ...step, options }], values);
}
