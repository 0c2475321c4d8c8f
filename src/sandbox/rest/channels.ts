import { GatewayDispatchEvents, PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono, type Context } from 'hono';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { isThread } from '../world/channel.ts';
import { isDirect, shownDirect } from '../world/directs.ts';
import { shownChannel } from '../world/guild-create.ts';
import { memberWithUser } from '../world/member.ts';
import type { Place } from '../world/world.ts';
import { checkAllowed, checkPosting } from './allowed.ts';
import { readBody } from './body.ts';
import { channelFields, checkOverwrites, overwriteOf } from './channel-fields.ts';
import { channelForm, overwriteFields } from './channel-form.ts';
import { deedOf } from './deed.ts';
import type { GuildParts } from './guild-parts.ts';
import { channelInvites } from './invites.ts';
import { placeOf } from './place.ts';
import { editThread } from './thread-edit.ts';

const { ManageChannels, ManageRoles, ManageThreads } = PermissionFlagsBits;

/** Routes of `/channels/:channel` itself, its messages and threads apart (resources/channel.mdx). */
export function channels(parts: GuildParts): Hono {
  const { world, account, changes, dispatch } = parts;
  const routes = new Hono();
  const botId = account.botUser.id;

  routes.get('/', (c) => {
    const place = placeOf(c, world);
    checkAllowed(place, 0n);
    return c.json(shown(place));
  });
  routes.patch('/', async (c) => {
    const place = placeOf(c, world);
    const { guild, channel } = place;
    if (isDirect(guild)) throw discordErrors.notInDirects();
    const body = await readBody(c);
    if (isThread(channel)) return c.json(editThread(parts, guild, channel, body, deedOf(c, botId)));
    checkAllowed(place, ManageChannels);
    const form = readForm(channelForm, body);
    if (typeof form.type === 'number' && form.type !== channel.type) throw discordErrors.wrongChannelType();
    const fields = channelFields(guild, channel.type, form, () => parts.ids.next(), channel.id);
    return c.json(
      shownChannel(guild, changes.channels.update(guild.id, channel.id, fields, deedOf(c, botId))),
    );
  });
  routes.delete('/', (c) => {
    const place = placeOf(c, world);
    const { guild, channel } = place;
    if (isDirect(guild)) return c.json(shown(place));
    checkAllowed(place, isThread(channel) ? ManageThreads : ManageChannels);
    const before = shownChannel(guild, channel);
    const { threads, channels: unthreaded } = changes;
    (isThread(channel) ? threads : unthreaded).delete(guild.id, channel.id, deedOf(c, botId));
    return c.json(before);
  });
  routes.put('/permissions/:overwrite', async (c) => {
    const { guild, channel } = guildChannelOf(c, parts);
    const id = c.req.param('overwrite');
    const overwrite = overwriteOf(guild, { ...readForm(overwriteFields, await readBody(c)), id });
    const others = channel.permission_overwrites.filter((each) => each.id !== id);
    checkOverwrites(guild, [...others, overwrite], channel.id);
    changes.channels.setOverwrite(guild.id, channel.id, overwrite, deedOf(c, botId));
    return c.body(null, 204);
  });
  routes.delete('/permissions/:overwrite', (c) => {
    const { guild, channel } = guildChannelOf(c, parts);
    changes.channels.deleteOverwrite(guild.id, channel.id, c.req.param('overwrite'), deedOf(c, botId));
    return c.body(null, 204);
  });
  routes.post('/typing', (c) => {
    const place = placeOf(c, world);
    checkPosting(place);
    const { guild, channel } = place;
    const timestamp = Math.floor(Date.now() / 1_000);
    const typing = { channel_id: channel.id, user_id: botId, timestamp };
    dispatch(guild.id, GatewayDispatchEvents.TypingStart, {
      ...typing,
      guild_id: guild.id,
      member: memberWithUser(guild.bot),
    });
    return c.body(null, 204);
  });
  routes.route('/invites', channelInvites(parts));
  return routes;
}

function shown({ guild, channel }: Place): object {
  return isDirect(guild) ? shownDirect({ guild, channel }) : shownChannel(guild, channel);
}

/** The channel of the path where the bot manages permissions; threads and direct messages have none. */
function guildChannelOf(c: Context, { world }: GuildParts) {
  const place = placeOf(c, world);
  const { guild, channel } = place;
  if (isThread(channel) || isDirect(guild)) throw discordErrors.wrongChannelType();
  checkAllowed(place, ManageRoles);
  return { guild, channel };
}
