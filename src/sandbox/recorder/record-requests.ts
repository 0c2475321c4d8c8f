import type { MiddlewareHandler } from 'hono';
import { DiscordError } from '../forms/discord-error.ts';
import { unanswered } from '../faults/rest-faults.ts';
import { routeOf } from '../rest/route.ts';
import type { Recorder } from './recorder.ts';

const callback = /\/interactions\/(\d+)\/[^/]+\/callback$/;

/** Records every request and how it was answered; stands before whatever may answer one. */
export function recordRequests(recorder: Recorder): MiddlewareHandler {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const { error, req, res } = c;
    // Looking at the headers of every answer would cost the HTTP adapter its quick way of sending it.
    const scope = (res.status === 429 && res.headers.get('x-ratelimit-scope')) || undefined;
    const code = error instanceof DiscordError ? error.code : undefined;
    recorder.request({
      method: req.method,
      route: routeOf(c),
      status: c.get(unanswered) === true ? 0 : res.status,
      ms: performance.now() - startedAt,
      ...(code !== undefined && { code }),
      ...(scope !== undefined && { scope }),
    });
    const interactionId = code === undefined ? undefined : callback.exec(req.path)?.[1];
    if (code !== undefined && interactionId !== undefined) recorder.interactions.refused(interactionId, code);
  };
}
