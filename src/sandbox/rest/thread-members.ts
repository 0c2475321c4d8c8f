import { ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { snowflake } from '../forms/values.ts';
import { compareIds } from '../snowflake.ts';
import { isThread, type WorldThread } from '../world/channel.ts';
import { threadMember } from '../world/guild-create.ts';
import type { WorldGuild } from '../world/guild.ts';
import { memberWithUser } from '../world/member.ts';
import { checkAllowed } from './allowed.ts';
import type { GuildParts } from './guild-parts.ts';
import { placeOf } from './place.ts';

const { ManageThreads, SendMessagesInThreads } = PermissionFlagsBits;

/** resources/channel.mdx, List Thread Members */
const listQuery = z.object({
  with_member: z.stringbool().default(false),
  limit: z.coerce.number().int().min(1).max(100).default(100),
  after: snowflake.default('0'),
});
const oneQuery = listQuery.pick({ with_member: true });

/** Routes below `/channels/:channel/thread-members`. */
export function threadMembers({ world, account, changes }: GuildParts): Hono {
  const routes = new Hono();
  const botId = account.botUser.id;
  const idOf = (c: Context) => (c.req.param('user') === '@me' ? botId : (c.req.param('user') ?? ''));

  routes.get('/', (c) => {
    if ((account.deniedIntents & GatewayIntentBits.GuildMembers) !== 0) throw discordErrors.missingAccess();
    const { guild, thread } = threadOf(c, world);
    const { limit, after, with_member } = readForm(listQuery, c.req.query());
    const ids = [...guild.threadMembers(thread).keys()].toSorted(compareIds);
    const page = ids.filter((id) => compareIds(id, after) > 0).slice(0, limit);
    // Without the members they come all at once.
    return c.json((with_member ? page : ids).map((id) => shown(guild, thread, id, with_member)));
  });
  routes.get('/:user', (c) => {
    const { guild, thread } = threadOf(c, world);
    if (!guild.threadMembers(thread).has(idOf(c))) throw discordErrors.unknownMember();
    return c.json(shown(guild, thread, idOf(c), readForm(oneQuery, c.req.query()).with_member));
  });
  routes.put('/:user', (c) => {
    const { guild, thread } = openThreadOf(c, world);
    const userId = idOf(c);
    if (userId !== botId) checkAllowed({ guild, channel: thread }, SendMessagesInThreads);
    changes.threads.join(guild.id, thread.id, userId);
    return c.body(null, 204);
  });
  routes.delete('/:user', (c) => {
    const { guild, thread } = openThreadOf(c, world);
    const userId = idOf(c);
    const isOwn = thread.type === ChannelType.PrivateThread && thread.owner_id === botId;
    if (userId !== botId && !isOwn) checkAllowed({ guild, channel: thread }, ManageThreads);
    changes.threads.leave(guild.id, thread.id, userId);
    return c.body(null, 204);
  });
  return routes;
}

function threadOf(c: Context, world: GuildParts['world']) {
  const place = placeOf(c, world);
  const { guild, channel } = place;
  if (!isThread(channel)) throw discordErrors.wrongChannelType();
  checkAllowed(place, 0n);
  return { guild, thread: channel };
}

/** Nobody joins or leaves a thread that is archived. */
function openThreadOf(c: Context, world: GuildParts['world']) {
  const found = threadOf(c, world);
  if (found.thread.thread_metadata.archived) throw discordErrors.threadArchived();
  return found;
}

function shown(guild: WorldGuild, thread: WorldThread, userId: string, withMember: boolean): object {
  const joined = guild.threadMembers(thread).get(userId) ?? '';
  const member = withMember ? guild.members.get(userId) : undefined;
  return { ...threadMember(thread.id, userId, joined), ...(member && { member: memberWithUser(member) }) };
}
