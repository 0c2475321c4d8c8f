import type { MiddlewareHandler } from 'hono';
import { DiscordError } from '../forms/discord-error.ts';
import { routeOf } from '../rest/route.ts';
import type { Recorder } from './recorder.ts';

const callback = /\/interactions\/(\d+)\/[^/]+\/callback$/;

/** How the HTTP adapter is told that nothing is to be sent, here since the connection was reset. */
const unanswered = 'x-hono-already-sent';

/** Records every request and how it was answered; stands before whatever may answer one. */
export function recordRequests(recorder: Recorder): MiddlewareHandler {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const { error, req, res } = c;
    const scope = res.headers.get('x-ratelimit-scope') ?? undefined;
    const code = error instanceof DiscordError ? error.code : undefined;
    recorder.request({
      method: req.method,
      route: routeOf(c),
      status: res.headers.has(unanswered) ? 0 : res.status,
      ms: performance.now() - startedAt,
      ...(code !== undefined && { code }),
      ...(scope !== undefined && { scope }),
    });
    const interactionId = code === undefined ? undefined : callback.exec(req.path)?.[1];
    if (code !== undefined && interactionId !== undefined) recorder.interactions.refused(interactionId, code);
  };
}
