import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { shownChannel } from '../world/guild-create.ts';
import { checkInGuild } from './allowed.ts';
import { readBody } from './body.ts';
import { channelFields } from './channel-fields.ts';
import { newChannelForm, positionsForm } from './channel-form.ts';
import { deedOf } from './deed.ts';
import type { GuildParts } from './guild-parts.ts';
import { guildOf } from './place.ts';

const { ManageChannels } = PermissionFlagsBits;

/** Routes of `/guilds/:guild/channels`. */
export function guildChannels({ world, account, changes, ids }: GuildParts): Hono {
  const routes = new Hono();
  const botId = account.botUser.id;
  routes.get('/', (c) => {
    const guild = guildOf(c, world);
    return c.json(guild.channels.map((channel) => shownChannel(guild, channel)));
  });
  routes.post('/', async (c) => {
    const guild = guildOf(c, world);
    const form = readForm(newChannelForm, await readBody(c));
    checkInGuild(guild, ManageChannels);
    const type = form.type ?? ChannelType.GuildText;
    const { name = form.name, ...fields } = channelFields(guild, type, form, () => ids.next());
    const channel = changes.channels.create(guild.id, type, name, fields, deedOf(c, botId));
    return c.json(shownChannel(guild, channel), 201);
  });
  routes.patch('/', async (c) => {
    const guild = guildOf(c, world);
    const moves = readForm(positionsForm, await readBody(c));
    checkInGuild(guild, ManageChannels);
    const deed = deedOf(c, botId);
    const known = new Map(guild.channels.map((channel) => [channel.id, channel]));
    if (moves.some(({ id }) => !known.has(id ?? ''))) throw discordErrors.unknownChannel();
    for (const { id, position, parent_id, lock_permissions } of moves) {
      const channel = known.get(id ?? '');
      if (!channel) continue;
      const parent = known.get(parent_id ?? '');
      const locked = lock_permissions && parent && { permission_overwrites: parent.permission_overwrites };
      const form = {
        ...(typeof position === 'number' && { position }),
        ...(parent_id !== undefined && { parent_id }),
      };
      const fields = channelFields(guild, channel.type, form, () => ids.next(), channel.id);
      changes.channels.update(guild.id, channel.id, { ...fields, ...locked }, deed);
    }
    return c.body(null, 204);
  });
  return routes;
}
