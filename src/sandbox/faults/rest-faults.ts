import { setTimeout as delay } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import { routeOf } from '../rest/route.ts';
import { tooManyRequests } from '../rest/too-many-requests.ts';
import type { ActiveFaults, Target } from './active-faults.ts';

/** What Cloudflare shows in place of an API that it cannot reach. */
const badGateway =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n';

/** What goes wrong on the way to the API: it stands before all that the API itself does, its counts of requests too. */
export function networkFaults(faults: ActiveFaults): MiddlewareHandler {
  return async (c, next) => {
    const target = targetOf(c);
    const slow = faults.strike('rest-latency', target);
    if (slow) await delay(faults.delayMs(slow.form), undefined, { ref: false });
    const hung = faults.strike('rest-hang', target);
    if (hung) await hung.ended;
    if (hung || faults.strike('rest-reset', target)) return reset(c);
    if (faults.strike('rest-html', target)) return c.html(badGateway, 502);
    return next();
  };
}

/** What the API answers instead of doing what it was asked; its 429s count like any other. */
export function apiFaults(faults: ActiveFaults): MiddlewareHandler {
  return async (c, next) => {
    const target = targetOf(c);
    const limited = faults.strike('rest-limit', target)?.form;
    if (limited) return tooManyRequests(c, limited.scope, limited.retry_after_ms);
    const status = faults.strike('rest-error', target)?.form.status;
    if (status !== undefined) return c.json({ message: `${status}: Server Error`, code: 0 }, status);
    return next();
  };
}

/** Tells the time of a clock that is `skewMs()` ahead. */
export function skewedClock(skewMs: () => number): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const skew = skewMs();
    if (skew === 0 || c.res.headers.has('x-hono-already-sent')) return;
    c.header('date', new Date(Date.now() + skew).toUTCString());
    const reset = c.res.headers.get('x-ratelimit-reset');
    if (reset !== null) c.header('x-ratelimit-reset', (Number(reset) + skew / 1_000).toFixed(3));
  };
}

function targetOf(c: Context): Target {
  return {
    route: () => {
      const paths = [routeOf(c), c.req.path.replace('/api/v10', '')];
      return paths.flatMap((path) => [path, `${c.req.method} ${path}`]);
    },
  };
}

function reset(c: Context): Response {
  const { outgoing } = c.env as HttpBindings;
  const { socket } = outgoing;
  if (socket && 'resetAndDestroy' in socket) socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}
