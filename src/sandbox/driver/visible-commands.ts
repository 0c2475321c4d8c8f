import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { CommandRegistry, RegisteredCommand } from '../commands/command-registry.ts';

/** What the client of a member with these permissions offers: a guild's own command hides a global one of its name and type. */
export function visibleCommands(
  registry: CommandRegistry,
  guildId: string,
  permissions: bigint,
): RegisteredCommand[] {
  const own = registry.list(guildId);
  const isHidden = (command: RegisteredCommand) =>
    own.some(({ name, type }) => name === command.name && type === command.type);
  const offered = [...own, ...registry.list(undefined).filter((command) => !isHidden(command))];
  return offered.filter((command) => isVisible(command, permissions));
}

/** The permissions without which a member does not see the command; 0 where everybody sees it. */
export function neededPermissions(command: RegisteredCommand | undefined): bigint {
  const required = command?.default_member_permissions;
  if (required === undefined || required === null) return 0n;
  // "0" hides a command from all but administrators (application-commands.mdx, Permissions).
  return BigInt(required) || PermissionFlagsBits.Administrator;
}

export function isVisible(command: RegisteredCommand | undefined, permissions: bigint): boolean {
  const needed = neededPermissions(command);
  return (permissions & needed) === needed;
}
