import { AuditLogEvent, PermissionFlagsBits, type APIMessage } from 'discord-api-types/v10';
import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { readForm } from '../forms/form.ts';
import { bulkDeleteForm, messageEditForm, postForm } from '../messages/message-form.ts';
import { checkAllowed, checkParts, checkPosting, checkReading, checkThreadOpen } from './allowed.ts';
import { readBody, readUpload } from './body.ts';
import { deedOf } from './deed.ts';
import { checkReachable } from './direct-messages.ts';
import type { GuildParts } from './guild-parts.ts';
import { placeOf } from './place.ts';

const { ManageMessages, ViewChannel } = PermissionFlagsBits;

const id = z.string().regex(/^\d{1,20}$/);
const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  around: id.optional(),
  before: id.optional(),
  after: id.optional(),
});
type Page = z.output<typeof pageQuery>;

/** Routes below `/channels/:channel/messages`, reactions apart (resources/message.mdx). The bot is the author. */
export function channelMessages({ messages, world, changes }: GuildParts): Hono {
  const routes = new Hono();
  routes.get('/', (c) => {
    const place = placeOf(c, world);
    checkReading(place);
    return c.json(pageOf(messages.all(place.channel.id), readForm(pageQuery, c.req.query())));
  });
  routes.post('/', async (c) => {
    const place = placeOf(c, world);
    checkPosting(place);
    checkReachable(world, place);
    checkThreadOpen(place);
    const { body, files } = await readUpload(c);
    const form = readForm(postForm, body);
    checkParts(place, form, files.length);
    return c.json(messages.post(place, place.guild.bot, form, files));
  });
  routes.post('/bulk-delete', async (c) => {
    const place = placeOf(c, world);
    checkAllowed(place, ManageMessages);
    const form = readForm(bulkDeleteForm, await readBody(c));
    const count = messages.deleteMany(place, form.messages);
    const bulk = { action: AuditLogEvent.MessageBulkDelete, target: place.channel.id };
    if (count > 0)
      changes.log(place.guild.id, deedOf(c, place.guild.bot.user.id), {
        ...bulk,
        options: { count: String(count) },
      });
    return c.body(null, 204);
  });
  routes.get('/:message', (c) => {
    const place = placeOf(c, world);
    checkReading(place);
    return c.json(messages.get(place.channel.id, messageId(c)).message);
  });
  routes.patch('/:message', async (c) => {
    const place = placeOf(c, world);
    checkAllowed(place, ViewChannel);
    const { body, files } = await readUpload(c);
    const form = readForm(messageEditForm, body);
    checkParts(place, {}, files.length);
    return c.json(messages.edit(place, place.guild.bot, messageId(c), form, files));
  });
  routes.delete('/:message', (c) => {
    const place = placeOf(c, world);
    const { author } = messages.get(place.channel.id, messageId(c)).message;
    const isOwn = author.id === place.guild.bot.user.id;
    checkAllowed(place, isOwn ? ViewChannel : ManageMessages);
    messages.delete(place, messageId(c));
    const options = { channel_id: place.channel.id, count: '1' };
    if (!isOwn)
      changes.log(place.guild.id, deedOf(c, place.guild.bot.user.id), {
        action: AuditLogEvent.MessageDelete,
        target: author.id,
        options,
      });
    return c.body(null, 204);
  });
  return routes;
}

function messageId(c: Context): string {
  return c.req.param('message') ?? '';
}

/** Of `oldestFirst`, the newest first. `around` goes before `before`, and that before `after`. */
function pageOf(oldestFirst: readonly APIMessage[], { limit, around, before, after }: Page): APIMessage[] {
  if (around !== undefined) {
    const newer = oldestFirst.filter((message) => !isBefore(message, around));
    const older = oldestFirst.filter((message) => isBefore(message, around));
    const half = Math.floor(limit / 2);
    return [...older.slice(Math.max(older.length - half, 0)), ...newer.slice(0, limit - half)].toReversed();
  }
  if (before !== undefined) {
    return oldestFirst
      .filter((message) => isBefore(message, before))
      .slice(-limit)
      .toReversed();
  }
  if (after === undefined) return oldestFirst.slice(-limit).toReversed();
  return oldestFirst
    .filter((message) => message.id !== after && !isBefore(message, after))
    .slice(0, limit)
    .toReversed();
}

function isBefore(message: APIMessage, id: string): boolean {
  return BigInt(message.id) < BigInt(id);
}
