import type { MiddlewareHandler } from 'hono';
import type { Limits } from './limits.ts';
import { tooManyRequests } from './too-many-requests.ts';
import { Window } from './window.ts';

/** Answers 429 to a bot that sends more than its requests of one second (topics/rate-limits.mdx:122). */
export function globalLimit({ globalPerSecond }: Limits): MiddlewareHandler {
  const second = new Window(1_000);
  return async (c, next) => {
    const nowMs = performance.now();
    if (!second.take(globalPerSecond, nowMs)) return tooManyRequests(c, 'global', second.leftMs(nowMs));
    return next();
  };
}
