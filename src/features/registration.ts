import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type APIApplicationCommandBasicOption,
} from 'discord-api-types/v10';
import type { CommandBody } from '../discord/command-registration.ts';
import type { Command, Subcommand } from './command.ts';
import { localizations, type CommandWords } from './command-words.ts';
import type { Feature } from './feature.ts';

/** All commands of `features` in the form in which Discord wants them registered. */
export function commandBodies(features: readonly Feature[]): CommandBody[] {
  return features.flatMap(({ commands, words }) => commands.map((command) => commandBody(command, words)));
}

export function commandBody(command: Command, words?: CommandWords): CommandBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: command.description,
    ...localizations(words, command.name),
    default_member_permissions: offeredTo(command),
    contexts: command.guildOnly
      ? [InteractionContextType.Guild]
      : [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options:
      command.subcommands === undefined
        ? optionBodies(command, command.name, words)
        : Object.entries(command.subcommands).map(([name, subcommand]) => ({
            type: ApplicationCommandOptionType.Subcommand,
            name,
            description: subcommand.description,
            ...localizations(words, `${command.name} ${name}`),
            options: optionBodies(subcommand, `${command.name} ${name}`, words),
          })),
  };
}

/** `0`: nobody but a server's admins (interactions/application-commands, "Permissions"). */
function offeredTo({ ownersOnly, permissions }: Command): string | null {
  if (ownersOnly === true) return '0';
  return permissions === undefined ? null : String(permissions);
}

function optionBodies(
  { options }: Subcommand,
  place: string,
  words: CommandWords | undefined,
): APIApplicationCommandBasicOption[] {
  return Object.entries(options)
    .toSorted(([, a], [, b]) => Number(b.required) - Number(a.required))
    .map(
      ([name, option]) =>
        ({
          name,
          ...option.registration,
          ...localizations(words, `${place} ${name}`),
        }) as APIApplicationCommandBasicOption,
    );
}
