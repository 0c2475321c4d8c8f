import type { Context, MiddlewareHandler } from 'hono';

/** The names under which a browser of this machine finds what listens on loopback. */
const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Refuses what another site's page sends through a browser of this machine: one that says so in its Origin, and one whose
 * own name was made to resolve to loopback (DNS rebinding), which shows in Host. Programs send no Origin.
 */
export function localOnly(): MiddlewareHandler {
  return async (c, next) => {
    const stranger = strangerIn(c);
    if (stranger === undefined) return next();
    const error = `the sandbox serves this to pages of this machine alone, not to ${stranger}: use http://127.0.0.1 and its port`;
    return c.json({ error }, 403);
  };
}

function strangerIn(c: Context): string | undefined {
  const host = c.req.header('host') ?? '';
  if (!isLoopback(`http://${host}`)) return `the host ${JSON.stringify(host)}`;
  const origin = c.req.header('origin');
  if (origin === undefined || isLoopback(origin) || isOwnForm(c, origin)) return undefined;
  return `the origin ${JSON.stringify(origin)}`;
}

/** The form of a page that sends no referrer has the Origin `null`; where it comes from, the browser says beside it. */
function isOwnForm(c: Context, origin: string): boolean {
  return origin === 'null' && c.req.header('sec-fetch-site') === 'same-origin';
}

function isLoopback(url: string): boolean {
  return loopbackNames.has(URL.parse(url)?.hostname ?? '');
}
