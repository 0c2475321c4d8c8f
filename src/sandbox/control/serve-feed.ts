import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Feed } from '../recorder/feed.ts';
import type { FeedEvent, FeedFilter } from './feed.ts';

/** A reader that lets so much pile up is cut off; it connects again and goes on from its last event. */
const maxBacklogBytes = 4 * 2 ** 20;

/** Shorter than the idle time after which anything between reader and sandbox gives up on a silent connection. */
const heartbeatMs = 15_000;

/** One reader of the feed: past events after its Last-Event-ID, then what comes, until it goes or does not read. */
export function serveFeed(c: Context, feed: Feed, filter: FeedFilter): Response {
  const { outgoing: response } = c.env as HttpBindings;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 1000\n\n');
  const write = (text: string) => {
    if (response.writableLength > maxBacklogBytes) response.destroy();
    else response.write(text);
  };
  const lastId = c.req.header('last-event-id') ?? '';
  const unfollow = feed.follow(
    (event) => {
      if (passes(event, filter)) write(`id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`);
    },
    /^\d{1,15}$/.test(lastId) ? Number(lastId) : undefined,
  );
  const heartbeat = setInterval(() => write(':\n\n'), heartbeatMs);
  response.once('close', () => {
    clearInterval(heartbeat);
    unfollow();
  });
  return RESPONSE_ALREADY_SENT;
}

function passes(event: FeedEvent, { guild_id, kinds }: FeedFilter): boolean {
  if (kinds && !kinds.includes(event.kind)) return false;
  return guild_id === undefined || !('guildId' in event) || event.guildId === guild_id;
}
