import { Hono, type Handler } from 'hono';
import type { World } from '../world/world.ts';
import { guildOf } from './place.ts';

const ofGuild = [
  'emojis',
  'stickers',
  'webhooks',
  'integrations',
  'auto-moderation/rules',
  'scheduled-events',
];

/** Routes below `/guilds/:guild`: what no guild here has, but clients ask for when they start. */
export function emptyGuildLists(world: World): Hono {
  const routes = new Hono();
  for (const list of ofGuild) {
    routes.get(`/${list}`, (c) => {
      guildOf(c, world);
      return c.json([]);
    });
  }
  return routes;
}

/** `GET /applications/:application/entitlements`: it sells nothing. */
export function emptyEntitlements(): Handler {
  return (c) => c.json([]);
}
