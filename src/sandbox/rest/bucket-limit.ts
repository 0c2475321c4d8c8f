import { createHash } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import type { Limits } from './limits.ts';
import { routeOf } from './route.ts';
import { tooManyRequests } from './too-many-requests.ts';
import { Window } from './window.ts';

/** What tells buckets of one route apart: the channel, guild or webhook at the path's start (topics/rate-limits.mdx:15). */
const majorParameter = /^\/api\/v10\/(?:(?:channels|guilds)\/[^/]+|webhooks\/[^/]+\/[^/]+)/;

/** Every interaction's token makes a bucket; those whose window is over are dropped when there are so many, or twice what was left. */
const leastToSweep = 10_000;

/** Answers 429 when a route's bucket is empty, and tells its state in the `x-ratelimit-*` headers (topics/rate-limits.mdx:20-57). */
export function bucketLimit({ routes, anyRoute }: Limits): MiddlewareHandler {
  const buckets = new Map<string, Window>();
  let sweepAt = leastToSweep;
  const hashes = new Map<string, string>();
  return async (c, next) => {
    const route = `${c.req.method} ${routeOf(c)}`;
    const { requests, perMs } = routes[route] ?? anyRoute;
    const nowMs = performance.now();
    if (buckets.size >= sweepAt) {
      dropEnded(buckets, nowMs);
      sweepAt = Math.max(leastToSweep, buckets.size * 2);
    }
    const key = `${route} ${majorParameter.exec(c.req.path)?.[0] ?? ''} ${bearerOf(c)}`;
    const bucket = buckets.get(key) ?? new Window(perMs);
    buckets.set(key, bucket);
    const hash = hashes.get(route) ?? hashOf(route);
    hashes.set(route, hash);

    const taken = bucket.take(requests, nowMs);
    const leftMs = bucket.leftMs(nowMs);
    c.header('x-ratelimit-limit', String(requests));
    c.header('x-ratelimit-remaining', String(requests - bucket.used));
    c.header('x-ratelimit-reset', ((Date.now() + leftMs) / 1_000).toFixed(3));
    c.header('x-ratelimit-reset-after', (Math.ceil(leftMs) / 1_000).toFixed(3));
    c.header('x-ratelimit-bucket', hash);
    if (!taken) return tooManyRequests(c, 'user', leftMs);
    return next();
  };
}

/** Whom an application acts for, each of whom has buckets of their own; the bot itself is nobody. */
function bearerOf(c: Context): string {
  return /^Bearer .*$/.exec(c.req.header('authorization') ?? '')?.[0] ?? '';
}

function dropEnded(buckets: Map<string, Window>, nowMs: number): void {
  for (const [key, bucket] of buckets) {
    if (bucket.isOver(nowMs)) buckets.delete(key);
  }
}

function hashOf(route: string): string {
  return createHash('sha256').update(route).digest('hex').slice(0, 32);
}
