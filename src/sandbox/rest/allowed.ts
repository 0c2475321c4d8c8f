import { PermissionFlagsBits, type APIRole } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { isThread, takesMessages } from '../world/channel.ts';
import type { WorldGuild } from '../world/guild.ts';
import type { WorldMember } from '../world/member.ts';
import { isAllowed, isBelow, outranks, permissionsIn, seesThread, sendingIn } from '../world/permissions.ts';
import type { Place } from '../world/world.ts';

const { AttachFiles, ReadMessageHistory, ViewChannel } = PermissionFlagsBits;

/**
 * Checks that the bot may do all of `needed` in the channel or thread; throws Discord's 50001 where it does not even see
 * it, and 50013 where only the right is missing.
 */
export function checkAllowed({ guild, channel }: Place, needed: bigint): void {
  const granted = permissionsIn(guild, guild.bot, channel);
  if ((granted & ViewChannel) === 0n) throw discordErrors.missingAccess();
  if (isThread(channel) && !seesThread(guild, guild.bot, channel)) throw discordErrors.missingAccess();
  if ((granted & needed) !== needed) throw discordErrors.missingPermissions();
}

/** Checks that the bot may post there. */
export function checkPosting(place: Place): void {
  if (!takesMessages(place.channel)) throw discordErrors.noTextChannel();
  checkAllowed(place, sendingIn(place.channel));
}

/** Checks what a message takes besides: files, and, for a reply, what was posted before it. */
export function checkParts(
  place: Place,
  form: { readonly message_reference?: unknown },
  fileCount: number,
): void {
  if (fileCount > 0) checkAllowed(place, AttachFiles);
  if (form.message_reference && !isAllowed(ReadMessageHistory, place.guild, place.guild.bot, place.channel))
    throw discordErrors.noReplying();
}

/** A locked thread is for those who manage threads; one that is archived, anybody opens again by posting (topics/threads.mdx). */
export function checkThreadOpen({ guild, channel }: Place): void {
  if (!isThread(channel) || !channel.thread_metadata.locked) return;
  if (isAllowed(PermissionFlagsBits.ManageThreads, guild, guild.bot, channel)) return;
  throw channel.thread_metadata.archived ? discordErrors.threadArchived() : discordErrors.threadLocked();
}

/** Checks that the bot may read what was posted there before. */
export function checkReading(place: Place): void {
  if (!takesMessages(place.channel)) throw discordErrors.noTextChannel();
  checkAllowed(place, ReadMessageHistory);
}

/** Checks that the bot may do all of `needed` in the guild; throws Discord's 50013. */
export function checkInGuild(guild: WorldGuild, needed: bigint): void {
  if (!isAllowed(needed, guild, guild.bot)) throw discordErrors.missingPermissions();
}

/** Checks that the bot stands above the member (topics/permissions.mdx, Permission Hierarchy); throws Discord's 50013. */
export function checkAbove(guild: WorldGuild, member: WorldMember): void {
  if (!outranks(guild, guild.bot, member)) throw discordErrors.missingPermissions();
}

/** Checks that the role is below the bot's highest, which alone it may change and hand out; throws Discord's 50013. */
export function checkRoleBelow(guild: WorldGuild, role: Pick<APIRole, 'id' | 'position'>): void {
  if (!isBelow(guild, guild.bot, role)) throw discordErrors.missingPermissions();
}
