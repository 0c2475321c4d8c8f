import { GatewayIntentBits } from 'discord-api-types/v10';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Account } from '../account.ts';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { shownChannel } from '../world/guild-create.ts';
import { guildView } from '../world/guild-view.ts';
import { memberWithUser } from '../world/member.ts';
import type { World } from '../world/world.ts';
import { guildOf } from './place.ts';

/** resources/guild.mdx, List Guild Members */
const membersQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(1),
  after: z
    .string()
    .regex(/^\d{1,20}$/)
    .default('0'),
});

/** What can be read below `/guilds/:guild`. */
export function guilds(world: World, account: Account): Hono {
  const routes = new Hono();
  routes.get('/', (c) => c.json(guildView(guildOf(c, world), c.req.query('with_counts') === 'true')));
  routes.get('/channels', (c) => {
    const guild = guildOf(c, world);
    return c.json(guild.channels.map((channel) => shownChannel(guild, channel)));
  });
  routes.get('/roles', (c) => c.json(guildOf(c, world).roles));
  routes.get('/roles/:role', (c) => {
    const role = guildOf(c, world).role(c.req.param('role'));
    if (!role) throw discordErrors.unknownRole();
    return c.json(role);
  });
  routes.get('/members', (c) => {
    // The whole list is for those alone whom Discord granted the intent of members.
    if ((account.deniedIntents & GatewayIntentBits.GuildMembers) !== 0) throw discordErrors.missingAccess();
    const { limit, after } = readForm(membersQuery, c.req.query());
    return c.json(guildOf(c, world).members.page(limit, after).map(memberWithUser));
  });
  routes.get('/members/:user', (c) => {
    const id = c.req.param('user');
    const member = guildOf(c, world).members.get(id);
    if (member) return c.json(memberWithUser(member));
    throw world.user(id) ? discordErrors.unknownMember() : discordErrors.unknownUser();
  });
  return routes;
}
