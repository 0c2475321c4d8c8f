import { Hono } from 'hono';
import { actionApi } from './action-api.ts';
import { summary } from './summary.ts';

/** Wikipedia in any language, the first part of the path being what is its subdomain. */
export function wikipedia(seed: number): Hono {
  const api = new Hono();
  api.get('/:lang{[a-z-]{2,12}}/api/rest_v1/page/summary/:title', (c) => {
    const { lang, title } = c.req.param();
    return summary(c, seed, lang, title);
  });
  api.get('/:lang{[a-z-]{2,12}}/w/api.php', (c) => actionApi(c, seed, c.req.param('lang')));
  return api;
}
