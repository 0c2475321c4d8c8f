import { PermissionFlagsBits, type ChannelFlags } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { given } from '../forms/values.ts';
import type { Deed } from '../world/audit-log.ts';
import type { WorldThread } from '../world/channel.ts';
import { shownChannel } from '../world/guild-create.ts';
import type { WorldGuild } from '../world/guild.ts';
import { isAllowed } from '../world/permissions.ts';
import { checkAllowed } from './allowed.ts';
import { threadForm } from './channel-form.ts';
import type { GuildParts } from './guild-parts.ts';

const { ManageThreads, SendMessagesInThreads } = PermissionFlagsBits;

/**
 * `PATCH /channels/:thread`: "When setting archived to false, when locked is also false, only the SEND_MESSAGES permission
 * is required" (resources/channel.mdx); all else takes Manage Threads, or, but for locking, being the thread's owner.
 */
export function editThread(
  { changes }: Pick<GuildParts, 'changes'>,
  guild: WorldGuild,
  thread: WorldThread,
  body: unknown,
  deed: Deed,
): object {
  const { flags, ...rest } = given(readForm(threadForm, body));
  const { archived, locked } = thread.thread_metadata;
  const place = { guild, channel: thread };
  checkAllowed(place, 0n);
  const onlyOpens = rest.archived === false && !locked && Object.keys(rest).length === 1;
  const isOwners = thread.owner_id === guild.bot.user.id && rest.locked === undefined && !locked;
  if (onlyOpens) checkAllowed(place, SendMessagesInThreads);
  else if (!isOwners || !isAllowed(SendMessagesInThreads, guild, guild.bot, thread))
    checkAllowed(place, ManageThreads);
  if (archived && rest.archived !== false && rest.locked === undefined) throw discordErrors.threadArchived();
  const fields = { ...rest, ...(flags !== undefined && { flags: flags as ChannelFlags }) };
  return shownChannel(guild, changes.threads.update(guild.id, thread.id, fields, deed));
}
