import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { discordErrors } from '../forms/discord-error.ts';

/** reference.mdx, Uploading Files: the most that a request may carry. */
export const maxBytes = 25 * 2 ** 20;

/** Refuses a body that is too large with 413. */
export function sizeLimit(): MiddlewareHandler {
  const counting = bodyLimit({ maxSize: maxBytes, onError: () => refuse() });
  return async (c, next) => {
    const length = c.req.header('content-length');
    // Counting makes a web stream of every body, which costs a fifth of the throughput; most bodies tell their length.
    if (length === undefined && c.req.header('transfer-encoding') !== undefined) return counting(c, next);
    return Number(length ?? 0) > maxBytes ? refuse() : next();
  };
}

function refuse(): never {
  throw discordErrors.tooLarge();
}
