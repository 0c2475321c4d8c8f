import type { Context } from 'hono';

/** The body and headers of a 429 of the API itself (topics/rate-limits.mdx:60-115). */
export function tooManyRequests(c: Context, scope: 'user' | 'global' | 'shared', waitMs: number): Response {
  const global = scope === 'global';
  c.header('retry-after', String(Math.ceil(waitMs / 1_000)));
  c.header('x-ratelimit-scope', scope);
  if (global) c.header('x-ratelimit-global', 'true');
  // Rounded up, lest a client that waits exactly so long comes a moment early.
  const retry_after = Math.ceil(waitMs) / 1_000;
  // The page calls `code` optional, Discord's OpenAPI description requires it.
  return c.json({ message: 'You are being rate limited.', code: 0, retry_after, global }, 429);
}
