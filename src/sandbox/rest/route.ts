import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';

/** `/users/@me`: the pattern of the first handler that is no middleware, which is the one that answers; empty for none. */
export function routeOf(c: Context): string {
  const handler = matchedRoutes(c).find(({ path }) => !path.endsWith('*'));
  return handler?.path.replace('/api/v10', '') ?? '';
}
