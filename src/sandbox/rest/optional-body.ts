import type { Context } from 'hono';
import { readBody } from './body.ts';

/** The JSON of a request that may come without any. */
export async function optionalBody(c: Context): Promise<unknown> {
  return (await c.req.text()) === '' ? {} : readBody(c);
}
