import { ApplicationCommandType, InteractionType } from 'discord-api-types/v10';
import type { Interaction } from '../interactions/interaction.ts';
import type { AnyChannel } from '../world/channel.ts';
import { shownChannel } from '../world/guild-create.ts';
import type { WorldGuild } from '../world/guild.ts';
import { memberPayload, type WorldMember } from '../world/member.ts';
import { permissionsIn } from '../world/permissions.ts';
import type { ChosenCommand } from './chosen-command.ts';
import type { SentValue } from './option-values.ts';
import { resolvedOf } from './resolved.ts';

export type Invocation = {
  readonly guild: WorldGuild;
  readonly channel: AnyChannel;
  readonly member: WorldMember;
  readonly chosen: ChosenCommand;
  readonly commandId: string;
  readonly values: readonly SentValue[];
};

/** The data of INTERACTION_CREATE for a slash command (receiving-and-responding.mdx, Interaction Structure). */
export function interactionPayload({ id, token, origin }: Interaction, invocation: Invocation): object {
  const { guild, channel, member, chosen, commandId, values } = invocation;
  const permissions = String(permissionsIn(guild, member, channel));
  const resolved = resolvedOf(values, guild, channel);
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
    channel: shownChannel(guild, channel),
    member: { ...memberPayload(member), user: member.user, permissions },
    locale: guild.locale,
    app_permissions: String(permissionsIn(guild, guild.bot, channel)),
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
