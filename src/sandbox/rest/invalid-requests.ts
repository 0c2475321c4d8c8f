import type { MiddlewareHandler } from 'hono';
import type { ActiveFaults } from '../faults/active-faults.ts';
import type { Limits } from './limits.ts';
import { Window } from './window.ts';

/** topics/rate-limits.mdx:136. 404s do not count, nor does a 429 for a limit that others used up. */
const invalidStatuses: ReadonlySet<number> = new Set([401, 403, 429]);

/** What comes from Discord itself passed through this (topics/rate-limits.mdx:146); a ban did not. */
export const via = '1.1 google';

/** The invalid requests of the one address that loopback is, and the ban that they end in. Here it ends with the window. */
export class InvalidRequests {
  readonly limits: Limits;
  readonly #window: Window;
  #banned = false;

  constructor(limits: Limits) {
    this.limits = limits;
    this.#window = new Window(limits.invalidWindowMs);
  }

  isBanned(nowMs: number): boolean {
    this.#banned &&= !this.#window.isOver(nowMs);
    return this.#banned;
  }

  leftMs(nowMs: number): number {
    return this.#window.leftMs(nowMs);
  }

  count(): void {
    this.#banned = !this.#window.take(this.limits.invalidRequests, performance.now());
  }
}

/**
 * Counts invalid requests and, past the limit, bans their sender as Cloudflare does: every request, those of interactions
 * too, is refused before it reaches the API.
 */
export function invalidRequests(invalid: InvalidRequests, faults: ActiveFaults): MiddlewareHandler {
  return async (c, next) => {
    const nowMs = performance.now();
    const fault = faults.strike('rest-ban');
    if (invalid.isBanned(nowMs) || fault) {
      const { invalidWindowMs } = invalid.limits;
      const leftMs = fault ? Math.min(fault.endsAt - nowMs, invalidWindowMs) : invalid.leftMs(nowMs);
      c.header('retry-after', String(Math.ceil(leftMs / 1_000)));
      return c.text('error code: 1015', 429);
    }
    // Set on an answer that is made already, it would cost as much as the answer.
    c.header('via', via);
    await next();
    if (isInvalid(c.res)) invalid.count();
    return undefined;
  };
}

function isInvalid({ status, headers }: Response): boolean {
  return invalidStatuses.has(status) && headers.get('x-ratelimit-scope') !== 'shared';
}
