import { AuditLogEvent, PermissionFlagsBits } from 'discord-api-types/v10';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { readForm } from '../forms/form.ts';
import { isoDate } from '../forms/values.ts';
import { isDirect } from '../world/directs.ts';
import type { Place } from '../world/world.ts';
import { checkAllowed, checkReading } from './allowed.ts';
import { deedOf } from './deed.ts';
import type { GuildParts } from './guild-parts.ts';
import { placeOf } from './place.ts';

const { PinMessages, ReadMessageHistory } = PermissionFlagsBits;
const pageQuery = z.object({
  before: isoDate.optional(),
  limit: z.coerce.number().int().min(1).max(50).default(50),
});

/** Routes of `/channels/:channel/messages/pins` (resources/message.mdx, Get Channel Pins). */
export function pinRoutes(parts: GuildParts): Hono {
  const routes = new Hono();
  routes.get('/', (c) => {
    const { before = Infinity, limit } = readForm(pageQuery, c.req.query());
    const all = readPins(c, parts).filter(({ pinned_at }) => Date.parse(pinned_at) < before);
    return c.json({ items: all.slice(0, limit), has_more: all.length > limit });
  });
  attachPinning(routes, parts);
  return routes;
}

/** Routes of `/channels/:channel/pins`, which are deprecated and without pages. */
export function oldPinRoutes(parts: GuildParts): Hono {
  const routes = new Hono();
  routes.get('/', (c) =>
    c.json(
      readPins(c, parts)
        .slice(0, 50)
        .map(({ message }) => message),
    ),
  );
  attachPinning(routes, parts);
  return routes;
}

function readPins(c: Context, { world, pins }: GuildParts) {
  const place = placeOf(c, world);
  checkReading(place);
  return pins.list(place.channel.id);
}

function attachPinning(routes: Hono, parts: GuildParts): void {
  const { world, pins } = parts;
  const at = (c: Context): readonly [Place, string] => {
    const place = placeOf(c, world);
    checkAllowed(place, PinMessages | ReadMessageHistory);
    return [place, c.req.param('message') ?? ''];
  };
  routes.put('/:message', (c) => {
    const [place, message] = at(c);
    if (pins.add(place, message)) log(c, parts, place, message, AuditLogEvent.MessagePin);
    return c.body(null, 204);
  });
  routes.delete('/:message', (c) => {
    const [place, message] = at(c);
    if (pins.remove(place, message)) log(c, parts, place, message, AuditLogEvent.MessageUnpin);
    return c.body(null, 204);
  });
}

function log(
  c: Context,
  { changes, account, messages }: GuildParts,
  { guild, channel }: Place,
  messageId: string,
  action: AuditLogEvent,
): void {
  if (isDirect(guild)) return;
  const target = messages.get(channel.id, messageId).message.author.id;
  const options = { channel_id: channel.id, message_id: messageId };
  changes.log(guild.id, deedOf(c, account.botUser.id), { action, target, options });
}
