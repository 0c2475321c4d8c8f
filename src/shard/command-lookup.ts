import {
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType,
  InteractionType,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
} from 'discord-api-types/v10';
import type { Command, Subcommand } from '../features/feature.ts';

export interface Found {
  readonly command: Command;
  /** What runs: the command itself, or the subcommand that the member chose. */
  readonly runnable: Subcommand;
  readonly rawOptions: ReadonlyMap<string, unknown>;
  /** `settings set`: bounded by the definitions, so it can label a metric. */
  readonly label: string;
}

export function isChatCommand(
  interaction: APIInteraction,
): interaction is APIChatInputApplicationCommandInteraction {
  return (
    interaction.type === InteractionType.ApplicationCommand &&
    interaction.data?.type === ApplicationCommandType.ChatInput
  );
}

/** The definition behind a payload; `undefined` when this release has none. */
export function findCommand(
  commands: ReadonlyMap<string, Command>,
  interaction: APIChatInputApplicationCommandInteraction,
): Found | undefined {
  const command = commands.get(interaction.data.name);
  const options = interaction.data.options ?? [];
  if (command === undefined) return undefined;
  if (command.subcommands === undefined) {
    return { command, runnable: command, rawOptions: rawValues(options), label: command.name };
  }
  const chosen = options.find((option) => option.type === OptionType.Subcommand);
  if (chosen === undefined || !Object.hasOwn(command.subcommands, chosen.name)) return undefined;
  const runnable = command.subcommands[chosen.name];
  if (runnable === undefined) return undefined;
  return {
    command,
    runnable,
    rawOptions: rawValues(chosen.options ?? []),
    label: `${command.name} ${chosen.name}`,
  };
}

function rawValues(options: readonly { readonly name: string }[]): ReadonlyMap<string, unknown> {
  return new Map(options.map((option) => [option.name, 'value' in option ? option.value : undefined]));
}
