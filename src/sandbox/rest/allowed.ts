import { PermissionFlagsBits } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { takesMessages } from '../world/channel.ts';
import { permissionsIn, sendingIn } from '../world/permissions.ts';
import type { Place } from '../world/world.ts';

const { ReadMessageHistory, ViewChannel } = PermissionFlagsBits;

/**
 * Checks that the bot may do all of `needed` in the channel or thread; throws Discord's 50001 where it does not even see
 * it, and 50013 where only the right is missing.
 */
export function checkAllowed({ guild, channel }: Place, needed: bigint): void {
  const granted = permissionsIn(guild, guild.bot, channel);
  if ((granted & ViewChannel) === 0n) throw discordErrors.missingAccess();
  if ((granted & needed) !== needed) throw discordErrors.missingPermissions();
}

/** Checks that the bot may post there. */
export function checkPosting(place: Place): void {
  if (!takesMessages(place.channel)) throw discordErrors.noTextChannel();
  checkAllowed(place, sendingIn(place.channel));
}

/** Checks that the bot may read what was posted there before. */
export function checkReading(place: Place): void {
  if (!takesMessages(place.channel)) throw discordErrors.noTextChannel();
  checkAllowed(place, ReadMessageHistory);
}
