import type { Context, MiddlewareHandler } from 'hono';
import { Window } from '../../rest/window.ts';

const hourMs = 3_600_000;
/** docs.github.com: Rate limits for the REST API, per address without and per user with a token. */
const requestsPerHour = { anonymous: 60, authenticated: 5_000 } as const;

/** Counts requests by the hour, tells the count in GitHub's headers and refuses what is over it with 403. */
export function hourlyLimit(): MiddlewareHandler {
  const windows = { anonymous: new Window(hourMs), authenticated: new Window(hourMs) };
  return async (c, next) => {
    const who = c.req.header('authorization') === undefined ? 'anonymous' : 'authenticated';
    const [window, limit] = [windows[who], requestsPerHour[who]];
    const nowMs = performance.now();
    const taken = window.take(limit, nowMs);
    const left = { limit, used: window.used, resetMs: Date.now() + window.leftMs(nowMs) };
    if (!taken) {
      describe(c, left);
      return refuse(c);
    }
    await next();
    // "A 304 response does not count against your primary rate limit if the request was made while authorized."
    if (c.res.status === 304 && who === 'authenticated') window.used -= 1;
    describe(c, { ...left, used: window.used });
    return undefined;
  };
}

function describe(c: Context, { limit, used, resetMs }: Record<'limit' | 'used' | 'resetMs', number>): void {
  c.header('x-ratelimit-limit', String(limit));
  c.header('x-ratelimit-remaining', String(limit - used));
  c.header('x-ratelimit-used', String(used));
  c.header('x-ratelimit-reset', String(Math.ceil(resetMs / 1_000)));
  c.header('x-ratelimit-resource', 'core');
  c.header('x-github-media-type', 'github.v3; format=json');
}

function refuse(c: Context): Response {
  const message =
    "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit. Check out the documentation for more details.)";
  const documentation_url = 'https://docs.github.com/rest/overview/resources-in-the-rest-api#rate-limiting';
  return c.json({ message, documentation_url }, 403);
}
