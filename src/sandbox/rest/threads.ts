import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import type { UploadedFile } from '../cdn/cdn.ts';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { given, snowflake } from '../forms/values.ts';
import { postForm } from '../messages/message-form.ts';
import { threadAtMessage } from '../messages/thread-at-message.ts';
import { isForum, isThread, type WorldThreadType } from '../world/channel.ts';
import { shownChannel } from '../world/guild-create.ts';
import type { Place } from '../world/world.ts';
import { checkAllowed, checkParts } from './allowed.ts';
import { readBody, readUpload } from './body.ts';
import { autoArchive, slowmode } from './channel-form.ts';
import { deedOf } from './deed.ts';
import type { GuildParts } from './guild-parts.ts';
import { placeOf } from './place.ts';
import { archivedThreads, joinedArchivedThreads } from './thread-lists.ts';
import { threadMembers } from './thread-members.ts';

const bits = PermissionFlagsBits;
const types = ChannelType;

const start = z.object({
  name: z.string().min(1).max(100),
  auto_archive_duration: autoArchive,
  rate_limit_per_user: slowmode,
});
const threadForm = start.extend({
  type: z.literal([types.AnnouncementThread, types.PublicThread, types.PrivateThread]).nullish(),
  invitable: z.boolean().nullish(),
});
const forumForm = start.extend({ applied_tags: z.array(snowflake).max(5).nullish(), message: postForm });

/** Routes below `/channels/:channel` by which threads begin, are listed and joined (resources/channel.mdx). */
export function threads(parts: GuildParts): Hono {
  const routes = new Hono();
  routes.post('/messages/:message/threads', threadFromMessage(parts));
  routes.post('/threads', threadAlone(parts));
  routes.get('/threads/archived/public', archivedThreads(parts, 'public'));
  routes.get('/threads/archived/private', archivedThreads(parts, 'private'));
  routes.get('/users/@me/threads/archived/private', joinedArchivedThreads(parts));
  routes.route('/thread-members', threadMembers(parts));
  return routes;
}

/** `POST /channels/:channel/messages/:message/threads`: the thread has the id of its message. */
function threadFromMessage({ world, changes, messages, account }: GuildParts) {
  return async (c: Context): Promise<Response> => {
    const place = threadedPlace(c, world);
    const { guild, channel } = place;
    const form = given(readForm(start, await readBody(c)));
    checkAllowed(place, bits.CreatePublicThreads);
    const opening = { ...form, name: form.name ?? '', parent_id: channel.id, owner_id: account.botUser.id };
    const deed = deedOf(c, account.botUser.id);
    const messageId = c.req.param('message') ?? '';
    const thread = threadAtMessage({ changes, messages }, place, messageId, opening, deed);
    return c.json(shownChannel(guild, thread), 201);
  };
}

/** `POST /channels/:channel/threads`: a thread without a message, or, in a forum, a post. */
function threadAlone(parts: GuildParts) {
  return async (c: Context): Promise<Response> => {
    const place = placeOf(c, parts.world);
    const { body, files } = await readUpload(c);
    if (isForum(place.channel.type)) return c.json(forumPost(parts, place, body, files, c), 201);
    const { guild, channel } = threadedPlace(c, parts.world);
    const { type = types.PrivateThread, name = '', ...form } = given(readForm(threadForm, body));
    checkAllowed(place, startingTakes(type));
    const botId = parts.account.botUser.id;
    const opening = { ...form, name, parent_id: channel.id, owner_id: botId };
    const thread = parts.changes.threads.create(guild.id, type, opening, deedOf(c, botId));
    return c.json(shownChannel(guild, thread), 201);
  };
}

/** The post's first message has the id of its thread (topics/threads.mdx, Forums). */
function forumPost(
  parts: GuildParts,
  place: Place,
  body: unknown,
  files: readonly UploadedFile[],
  c: Context,
): object {
  const { guild, channel } = place;
  const { message: first = {}, name = '', ...form } = given(readForm(forumForm, body));
  checkAllowed(place, bits.SendMessages);
  checkParts(place, {}, files.length);
  // Before the thread is there, which without a message would be none.
  if (!first.content && !first.embeds?.length && !first.components?.length && files.length === 0)
    throw discordErrors.emptyMessage();
  const botId = parts.account.botUser.id;
  const id = parts.ids.next();
  const opening = { applied_tags: [], ...form, name, parent_id: channel.id, owner_id: botId };
  const thread = parts.changes.threads.create(guild.id, types.PublicThread, opening, deedOf(c, botId), id);
  const message = parts.messages.post({ guild, channel: thread }, guild.bot, first, files, id);
  return { ...shownChannel(guild, guild.thread(id) ?? thread), message };
}

/** A channel that threads can begin in. */
function threadedPlace(c: Context, world: GuildParts['world']): Place {
  const place = placeOf(c, world);
  const { type } = place.channel;
  const isThreaded = type === types.GuildText || type === types.GuildAnnouncement;
  if (isThread(place.channel) || !isThreaded) throw discordErrors.wrongChannelType();
  return place;
}

function startingTakes(type: WorldThreadType): bigint {
  return type === types.PrivateThread ? bits.CreatePrivateThreads : bits.CreatePublicThreads;
}
