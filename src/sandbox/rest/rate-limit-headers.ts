import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';

/** A bucket of Discord's usual size would make a client wait; nothing is refused here, so it never runs dry either. */
const limit = 500;
const windowMs = 1_000;

type Bucket = { readonly hash: string; resetsAt: number; used: number };

/** The `x-ratelimit-*` headers of an authorised route (topics/rate-limits.mdx:20-57), one bucket per route. */
export function rateLimitHeaders(): MiddlewareHandler {
  const buckets = new Map<string, Bucket>();
  return async (c, next) => {
    await next();
    const bucket = bucketOf(buckets, `${c.req.method} ${routePath(c, -1)}`, Date.now());
    bucket.used += 1;
    c.header('x-ratelimit-limit', String(limit));
    c.header('x-ratelimit-remaining', String(Math.max(1, limit - bucket.used)));
    c.header('x-ratelimit-reset', (bucket.resetsAt / 1_000).toFixed(3));
    c.header('x-ratelimit-reset-after', (Math.max(1, bucket.resetsAt - Date.now()) / 1_000).toFixed(3));
    c.header('x-ratelimit-bucket', bucket.hash);
  };
}

function bucketOf(buckets: Map<string, Bucket>, route: string, nowMs: number): Bucket {
  const bucket = buckets.get(route) ?? { hash: hashOf(route), resetsAt: 0, used: 0 };
  buckets.set(route, bucket);
  if (nowMs >= bucket.resetsAt) {
    bucket.resetsAt = nowMs + windowMs;
    bucket.used = 0;
  }
  return bucket;
}

function hashOf(route: string): string {
  return createHash('sha256').update(route).digest('hex').slice(0, 32);
}
