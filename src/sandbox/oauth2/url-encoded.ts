import type { Context } from 'hono';

/** A form as browsers and OAuth2 clients send it; every other body looks like an empty one. */
export async function readUrlEncoded(c: Context): Promise<URLSearchParams> {
  const type = c.req.header('content-type') ?? '';
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  return new URLSearchParams(isForm ? await c.req.text() : '');
}
