import type { MiddlewareHandler } from 'hono';
import type { ActiveFaults } from '../faults/active-faults.ts';
import type { Limits } from './limits.ts';
import { Window } from './window.ts';

/** topics/rate-limits.mdx:136. 404s do not count, nor does a 429 for a limit that others used up. */
const invalidStatuses: ReadonlySet<number> = new Set([401, 403, 429]);

/**
 * Counts invalid requests and, past the limit, bans their sender as Cloudflare does: every request, those of interactions
 * too, is refused before it reaches the API. Here the ban ends with the window; loopback is one address.
 */
export function invalidRequests(
  { invalidRequests: limit, invalidWindowMs }: Limits,
  faults: ActiveFaults,
): MiddlewareHandler {
  const window = new Window(invalidWindowMs);
  let banned = false;
  return async (c, next) => {
    const nowMs = performance.now();
    banned &&= !window.isOver(nowMs);
    const fault = faults.strike('rest-ban');
    if (banned || fault) {
      const leftMs = fault ? Math.min(fault.endsAt - nowMs, invalidWindowMs) : window.leftMs(nowMs);
      c.header('retry-after', String(Math.ceil(leftMs / 1_000)));
      return c.text('error code: 1015', 429);
    }
    // What comes from Discord itself passed through this (topics/rate-limits.mdx:146); a ban did not. Set on an answer
    // that is made already, it would cost as much as the answer.
    c.header('via', '1.1 google');
    await next();
    if (isInvalid(c.res)) banned = !window.take(limit, performance.now());
    return undefined;
  };
}

function isInvalid({ status, headers }: Response): boolean {
  return invalidStatuses.has(status) && headers.get('x-ratelimit-scope') !== 'shared';
}
