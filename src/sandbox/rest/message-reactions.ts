import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { readForm } from '../forms/form.ts';
import type { Reactions } from '../messages/reactions.ts';
import type { Place, World } from '../world/world.ts';
import { placeOf } from './place.ts';

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
  const at = (c: Context): [Place, string] => [placeOf(c, world), c.req.param('message') ?? ''];

  routes.delete('/', (c) => {
    reactions.clear(...at(c));
    return done(c);
  });
  routes.get('/:emoji', (c) => {
    const { limit, after } = readForm(usersQuery, c.req.query());
    const users = reactions
      .users(...at(c), c.req.param('emoji'))
      .filter(({ id }) => BigInt(id) > BigInt(after));
    return c.json(users.slice(0, limit));
  });
  routes.delete('/:emoji', (c) => {
    reactions.clearEmoji(...at(c), c.req.param('emoji'));
    return done(c);
  });
  routes.put('/:emoji/@me', (c) => {
    const [place, message] = at(c);
    reactions.add(place, message, c.req.param('emoji'), place.guild.bot);
    return done(c);
  });
  routes.delete('/:emoji/:user', (c) => {
    const [place, message] = at(c);
    const user = c.req.param('user');
    reactions.remove(place, message, c.req.param('emoji'), user === '@me' ? place.guild.bot.user.id : user);
    return done(c);
  });
  return routes;
}

function done(c: Context): Response {
  return c.body(null, 204);
}
