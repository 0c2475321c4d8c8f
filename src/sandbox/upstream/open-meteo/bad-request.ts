import type { Context } from 'hono';

/** How Open-Meteo says that a request is wrong (open-meteo.com/en/docs, Errors). */
export function badRequest(c: Context, reason: string): Response {
  return c.json({ error: true, reason }, 400);
}
