import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type { CommandRegistry, RegisteredCommand } from '../commands/command-registry.ts';
import { isSubcommand, type OptionForm } from '../commands/option-rules.ts';
import type { WorldMember } from '../world/member.ts';
import { Refusal } from './refusal.ts';
import { isVisible, neededPermissions } from './visible-commands.ts';

const { Subcommand, SubcommandGroup } = ApplicationCommandOptionType;

/** What a member chose by typing `/settings set`: the command and the way down to what takes values. */
export type ChosenCommand = {
  readonly name: string;
  /** Undefined only when forced: nobody registered it. */
  readonly command: RegisteredCommand | undefined;
  /** The group and the subcommand, outermost first. */
  readonly path: readonly { readonly name: string; readonly type: ApplicationCommandOptionType }[];
  readonly options: readonly OptionForm[];
};

/** Finds what `typed` names among the registered commands; throws `Refusal` where Discord's client would not offer it. */
export function chooseCommand(typed: string, guildId: string, registry: CommandRegistry): ChosenCommand {
  const [name = '', ...rest] = words(typed);
  const command = registry.find(guildId, ApplicationCommandType.ChatInput, name);
  if (!command) throw new Refusal(`there is no command /${name} here`);
  let options = command.options ?? [];
  const path = rest.map((word) => {
    const inner = options.find((option) => option.name === word && isSubcommand(option));
    if (!inner) throw new Refusal(`there is no subcommand "${word}" in "/${typed}"`);
    options = inner.options ?? [];
    return { name: inner.name, type: inner.type };
  });
  if (options.some(isSubcommand)) {
    throw new Refusal(`"/${typed}" needs a subcommand: ${options.map((option) => option.name).join(', ')}`);
  }
  return { name, command, path, options };
}

/** The same for a member whose client is forced: takes what is registered where it can, and the words as they are elsewhere. */
export function forceCommand(typed: string, guildId: string, registry: CommandRegistry): ChosenCommand {
  try {
    return chooseCommand(typed, guildId, registry);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [name = '', ...rest] = words(typed);
    const path = rest.map((word, index) => ({
      name: word,
      type: index < rest.length - 1 ? SubcommandGroup : Subcommand,
    }));
    return {
      name,
      command: registry.find(guildId, ApplicationCommandType.ChatInput, name),
      path,
      options: [],
    };
  }
}

const toUseCommands = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.UseApplicationCommands;

/**
 * Throws `Refusal` where the command is hidden from the member: by the channel, a time-out, or its
 * `default_member_permissions`. `permissions` are the member's in the channel.
 */
export function checkVisible(
  { command, name }: Pick<ChosenCommand, 'command' | 'name'>,
  member: WorldMember,
  permissions: bigint,
): void {
  if (!mayUseCommands(permissions)) {
    throw new Refusal(`${member.user.username} may not use commands in this channel`);
  }
  if (isVisible(command, permissions)) return;
  const needed = neededPermissions(command);
  throw new Refusal(`/${name} is hidden from ${member.user.username}: it needs the permissions ${needed}`);
}

export function mayUseCommands(permissions: bigint): boolean {
  return (permissions & toUseCommands) === toUseCommands;
}

function words(typed: string): string[] {
  return typed.trim().replace(/^\//, '').split(/\s+/);
}
