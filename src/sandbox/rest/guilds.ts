import { PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { guildView } from '../world/guild-view.ts';
import { auditLog } from './audit-log.ts';
import { checkInGuild } from './allowed.ts';
import { bans, bulkBan } from './bans.ts';
import { readBody } from './body.ts';
import { deedOf } from './deed.ts';
import { emptyGuildLists } from './empty-lists.ts';
import { guildChannels } from './guild-channels.ts';
import { channelIdsIn, guildForm, settingsOf } from './guild-form.ts';
import type { GuildParts } from './guild-parts.ts';
import { guildInvites } from './invites.ts';
import { members } from './members.ts';
import { guildOf } from './place.ts';
import { prune } from './prune.ts';
import { roles } from './roles.ts';
import { activeThreads } from './thread-lists.ts';

/** Routes below `/guilds/:guild`. */
export function guilds(parts: GuildParts): Hono {
  const { world, changes, account } = parts;
  const routes = new Hono();
  routes.get('/', (c) => c.json(guildView(guildOf(c, world), c.req.query('with_counts') === 'true')));
  routes.patch('/', async (c) => {
    const guild = guildOf(c, world);
    const form = readForm(guildForm, await readBody(c));
    checkInGuild(guild, PermissionFlagsBits.ManageGuild);
    if (channelIdsIn(form).some((id) => !guild.channels.some((channel) => channel.id === id)))
      throw discordErrors.unknownChannel();
    const settings = settingsOf(form, guild.overlay.settings);
    const after = changes.guilds.update(guild.id, settings, deedOf(c, account.botUser.id));
    return c.json(guildView(after, false));
  });
  routes.route('/channels', guildChannels(parts));
  routes.route('/roles', roles(parts));
  routes.route('/members', members(parts));
  routes.route('/bans', bans(parts));
  routes.post('/bulk-ban', bulkBan(parts));
  routes.route('/prune', prune(parts));
  routes.get('/threads/active', activeThreads(parts));
  routes.get('/invites', guildInvites(parts));
  routes.get('/audit-logs', auditLog(parts));
  routes.route('/', emptyGuildLists(world));
  return routes;
}
