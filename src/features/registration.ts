import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type APIApplicationCommandBasicOption,
} from 'discord-api-types/v10';
import type { Command, Subcommand } from './feature.ts';

import type { CommandBody } from '../discord/command-registration.ts';

/** The form in which Discord wants commands registered. */
export function commandBody(command: Command): CommandBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: command.description,
    default_member_permissions: command.permissions === undefined ? null : String(command.permissions),
    contexts: command.guildOnly
      ? [InteractionContextType.Guild]
      : [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options:
      command.subcommands === undefined
        ? optionBodies(command)
        : Object.entries(command.subcommands).map(([name, subcommand]) => ({
            type: ApplicationCommandOptionType.Subcommand,
            name,
            description: subcommand.description,
            options: optionBodies(subcommand),
          })),
  };
}

function optionBodies({ options }: Subcommand): APIApplicationCommandBasicOption[] {
  return Object.entries(options)
    .toSorted(([, a], [, b]) => Number(b.required) - Number(a.required))
    .map(([name, option]) => ({ name, ...option.registration }) as APIApplicationCommandBasicOption);
}
