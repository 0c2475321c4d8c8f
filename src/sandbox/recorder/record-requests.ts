import type { MiddlewareHandler } from 'hono';
import { DiscordError } from '../forms/discord-error.ts';
import { unanswered } from '../faults/rest-faults.ts';
import { routeOf } from '../rest/route.ts';
import type { Recorder } from './recorder.ts';

const callback = /\/interactions\/(\d+)\/[^/]+\/callback$/;

type Answered = {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
  readonly error: unknown;
  /** Of a 429. */
  readonly scope?: string | undefined;
  /** The interaction that it was a callback to. */
  readonly id: string | undefined;
};

/** Records every request and how it was answered; stands before whatever may answer one. */
export function recordRequests(recorder: Recorder): MiddlewareHandler {
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const { error, req, res } = c;
    // Looking at the headers of every answer would cost the HTTP adapter its quick way of sending it.
    const scope = (res.status === 429 && res.headers.get('x-ratelimit-scope')) || undefined;
    recordRequest(recorder, {
      method: req.method,
      route: routeOf(c),
      status: c.get(unanswered) === true ? 0 : res.status,
      startedAt,
      error,
      scope,
      id: error && callback.exec(req.path)?.[1],
    });
  };
}

export function recordRequest(recorder: Recorder, answered: Answered): void {
  const { method, route, status, startedAt, error, scope, id } = answered;
  const code = error instanceof DiscordError ? error.code : undefined;
  const ms = performance.now() - startedAt;
  recorder.request({
    method,
    route,
    status,
    ms,
    ...(code !== undefined && { code }),
    ...(scope !== undefined && { scope }),
  });
  if (code !== undefined && id !== undefined) recorder.interactions.refused(id, code);
}
