import { PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { readForm } from '../forms/form.ts';
import type { Reactions } from '../messages/reactions.ts';
import type { Place, World } from '../world/world.ts';
import { checkAllowed } from './allowed.ts';
import { placeOf } from './place.ts';

const { AddReactions, ManageMessages, ReadMessageHistory, ViewChannel } = PermissionFlagsBits;

const usersQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  after: z
    .string()
    .regex(/^\d{1,20}$/)
    .default('0'),
});

/** Routes below `/channels/:channel/messages/:message/reactions` (resources/message.mdx, Create Reaction and on). */
export function messageReactions(reactions: Reactions, world: World): Hono {
  const routes = new Hono();
  const at = (c: Context, needed: bigint): [Place, string] => {
    const place = placeOf(c, world);
    checkAllowed(place, needed);
    return [place, c.req.param('message') ?? ''];
  };

  routes.delete('/', (c) => {
    reactions.clear(...at(c, ManageMessages));
    return done(c);
  });
  routes.get('/:emoji', (c) => {
    const { limit, after } = readForm(usersQuery, c.req.query());
    const users = reactions
      .users(...at(c, ReadMessageHistory), c.req.param('emoji'))
      .filter(({ id }) => BigInt(id) > BigInt(after));
    return c.json(users.slice(0, limit));
  });
  routes.delete('/:emoji', (c) => {
    reactions.clearEmoji(...at(c, ManageMessages), c.req.param('emoji'));
    return done(c);
  });
  routes.put('/:emoji/@me', (c) => {
    const [place, message] = at(c, ReadMessageHistory);
    const emoji = c.req.param('emoji');
    // "If nobody else has reacted to the message using this emoji" (resources/message.mdx, Create Reaction).
    if (reactions.users(place, message, emoji).length === 0) checkAllowed(place, AddReactions);
    reactions.add(place, message, emoji, place.guild.bot);
    return done(c);
  });
  routes.delete('/:emoji/:user', (c) => {
    const user = c.req.param('user');
    const [place, message] = at(c, user === '@me' ? ViewChannel : ManageMessages);
    reactions.remove(place, message, c.req.param('emoji'), user === '@me' ? place.guild.bot.user.id : user);
    return done(c);
  });
  return routes;
}

function done(c: Context): Response {
  return c.body(null, 204);
}
