import { Hono } from 'hono';
import { z } from 'zod';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import { snowflake } from '../forms/values.ts';
import { isDirect, recipientOf, shownDirect } from '../world/directs.ts';
import type { Place, World } from '../world/world.ts';
import { readBody } from './body.ts';
import type { GuildParts } from './guild-parts.ts';

/** resources/user.mdx, Create DM */
const openForm = z.object({ recipient_id: snowflake });

/** `POST /users/@me/channels` */
export function directMessages({ world, account, ids }: GuildParts): Hono {
  const routes = new Hono();
  routes.post('/', async (c) => {
    const { recipient_id } = readForm(openForm, await readBody(c));
    const user = world.user(recipient_id);
    if (!user || user.id === account.botUser.id) throw discordErrors.invalidRecipient();
    return c.json(shownDirect(world.directs.open(user, () => ids.next())));
  });
  return routes;
}

/** Checks that whom the message is for takes any from the bot: from one that shares no guild with them, they take none. */
export function checkReachable(world: World, place: Place): void {
  const user = isDirect(place.guild) ? recipientOf(place) : undefined;
  if (!user) return;
  const isReachable = world.directs.isOpenTo(user) && world.guildsOf(user.id).length > 0;
  if (!isReachable) throw discordErrors.unreachableUser();
}
