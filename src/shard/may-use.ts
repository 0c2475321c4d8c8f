import type { APIInteraction } from 'discord-api-types/v10';
import type { Command } from '../features/command.ts';
import { lackingPermissions } from '../features/permission-words.ts';
import type { Owners } from './owners.ts';
import { userOf } from './user-of.ts';

/** What the gates would say of a command, for those who only want to see it. */
export async function mayUse(
  { guildOnly, permissions, ownersOnly }: Command,
  interaction: APIInteraction,
  owners: Pick<Owners, 'has'>,
): Promise<boolean> {
  if (guildOnly === true && interaction.guild_id === undefined) return false;
  if (lackingPermissions(permissions ?? 0n, BigInt(interaction.member?.permissions ?? 0)) !== 0n)
    return false;
  return ownersOnly !== true || owners.has(userOf(interaction).id);
}
