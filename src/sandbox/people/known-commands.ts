import { ApplicationCommandType } from 'discord-api-types/v10';
import type { CommandRegistry, RegisteredCommand } from '../commands/command-registry.ts';
import { isSubcommand, type OptionForm } from '../commands/option-rules.ts';
import type { Scene } from '../driver/scene.ts';
import { visibleCommands } from '../driver/visible-commands.ts';
import { permissionsIn } from '../world/permissions.ts';

/** A command as far as a member needs to type it, or to find it in a context menu. */
export type KnownCommand = {
  readonly type: ApplicationCommandType;
  /** Name, group and subcommand; of a context menu the whole name. */
  readonly words: string;
  /** What its names and descriptions say, in lower case. */
  readonly about: string;
  readonly options: readonly OptionForm[];
};

const { ChatInput, User, Message } = ApplicationCommandType;
const types: readonly ApplicationCommandType[] = [ChatInput, User, Message];

/** What Discord's client offers the member there. */
export function knownCommands(registry: CommandRegistry, scene: Scene): KnownCommand[] {
  const permissions = permissionsIn(scene.guild, scene.member, scene.channel);
  return visibleCommands(registry, scene.guild.id, permissions)
    .filter(({ type }) => types.includes(type))
    .flatMap(leaves);
}

/** Those whose names or descriptions have one of the words; all of them where none has. */
export function commandsLike(
  commands: readonly KnownCommand[],
  words: readonly string[],
): readonly KnownCommand[] {
  const like = commands.filter(({ about }) => words.some((word) => about.includes(word.toLowerCase())));
  return like.length > 0 ? like : commands;
}

function leaves({ type, name, description, options = [] }: RegisteredCommand): KnownCommand[] {
  return below({ type, words: name, about: `${name} ${description}`.toLowerCase(), options });
}

function below(command: KnownCommand): KnownCommand[] {
  const inner = command.options.filter(isSubcommand);
  if (inner.length === 0) return [command];
  return inner.flatMap(({ name, description, options = [] }) =>
    below({
      type: command.type,
      words: `${command.words} ${name}`,
      about: `${command.about} ${name} ${description}`.toLowerCase(),
      options,
    }),
  );
}
