import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Handler } from 'hono';
import { z } from 'zod';
import { readForm } from '../forms/form.ts';
import { isoDate, snowflake } from '../forms/values.ts';
import { compareIds } from '../snowflake.ts';
import type { WorldThread } from '../world/channel.ts';
import { shownChannel, threadMember } from '../world/guild-create.ts';
import type { WorldGuild } from '../world/guild.ts';
import { seesThread } from '../world/permissions.ts';
import { checkAllowed } from './allowed.ts';
import type { GuildParts } from './guild-parts.ts';
import { guildOf, placeOf } from './place.ts';

const { ManageThreads, ReadMessageHistory } = PermissionFlagsBits;
const limit = z.coerce.number().int().min(2).max(100).default(50);
const archivedQuery = z.object({ before: isoDate.optional(), limit });
const joinedQuery = z.object({ before: snowflake.optional(), limit });

/** `GET /guilds/:guild/threads/active`: those that the bot sees, the newest first. */
export function activeThreads({ world }: GuildParts): Handler {
  return (c) => {
    const guild = guildOf(c, world);
    const active = guild.threads.filter((thread) => !thread.thread_metadata.archived);
    const seen = active.filter((thread) => seesThread(guild, guild.bot, thread)).toSorted(newestFirst);
    return c.json(listed(guild, seen, seen.length));
  };
}

/** `GET /channels/:channel/threads/archived/{public,private}`: by the time they were archived, the latest first. */
export function archivedThreads({ world }: GuildParts, kind: 'public' | 'private'): Handler {
  return (c) => {
    const place = placeOf(c, world);
    const { guild, channel } = place;
    const query = readForm(archivedQuery, c.req.query());
    checkAllowed(place, kind === 'private' ? ReadMessageHistory | ManageThreads : ReadMessageHistory);
    const threads = archivedIn(guild, channel.id)
      .filter(({ type }) => (type === ChannelType.PrivateThread) === (kind === 'private'))
      .filter((thread) => archivedMs(thread) < (query.before ?? Infinity))
      .toSorted((one, other) => archivedMs(other) - archivedMs(one));
    return c.json(listed(guild, threads, query.limit));
  };
}

/** `GET /channels/:channel/users/@me/threads/archived/private`: by id, the newest first. */
export function joinedArchivedThreads({ world }: GuildParts): Handler {
  return (c) => {
    const place = placeOf(c, world);
    const { guild, channel } = place;
    const { before, limit: most } = readForm(joinedQuery, c.req.query());
    checkAllowed(place, ReadMessageHistory);
    const threads = archivedIn(guild, channel.id)
      .filter(({ type }) => type === ChannelType.PrivateThread)
      .filter((thread) => guild.threadMembers(thread).has(guild.bot.user.id))
      .filter(({ id }) => before === undefined || compareIds(id, before) < 0)
      .toSorted(newestFirst);
    return c.json(listed(guild, threads, most));
  };
}

/** With the bot's own membership of each. */
function listed(guild: WorldGuild, all: readonly WorldThread[], most: number): object {
  const threads = all.slice(0, most);
  const botId = guild.bot.user.id;
  const members = threads.flatMap((thread) => {
    const joined = guild.threadMembers(thread).get(botId);
    return joined === undefined ? [] : threadMember(thread.id, botId, joined);
  });
  return {
    threads: threads.map((thread) => shownChannel(guild, thread)),
    members,
    has_more: all.length > most,
  };
}

function archivedIn(guild: WorldGuild, channelId: string): WorldThread[] {
  return guild.threads.filter(
    ({ parent_id, thread_metadata }) => parent_id === channelId && thread_metadata.archived,
  );
}

function archivedMs({ thread_metadata }: WorldThread): number {
  return Date.parse(thread_metadata.archive_timestamp);
}

function newestFirst(one: WorldThread, other: WorldThread): number {
  return compareIds(other.id, one.id);
}
