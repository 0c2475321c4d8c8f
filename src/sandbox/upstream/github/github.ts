import { createHash } from 'node:crypto';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { account, accountExists } from './account.ts';
import { issue } from './issue.ts';
import { hourlyLimit } from './hourly-limit.ts';
import { issueCount, repository, repositoryExists } from './repository.ts';

/** GitHub's REST API, as far as a bot that looks things up reads it. */
export function github(seed: number): Hono {
  const api = new Hono();
  api.use(requireUserAgent(), hourlyLimit());
  api.get('/users/:login', (c) => {
    const { login } = c.req.param();
    return accountExists(login)
      ? conditional(c, account(seed, login))
      : notFound(c, 'users/users#get-a-user');
  });
  api.get('/repos/:owner/:repo', (c) => {
    const { owner, repo } = c.req.param();
    return repositoryExists(owner, repo)
      ? conditional(c, repository(seed, owner, repo))
      : notFound(c, 'repos/repos#get-a-repository');
  });
  api.get('/repos/:owner/:repo/issues/:number', (c) => {
    const { owner, repo, number } = c.req.param();
    const exists = repositoryExists(owner, repo) && /^[1-9]\d{0,8}$/.test(number);
    return exists && Number(number) <= issueCount(seed, owner, repo)
      ? conditional(c, issue(seed, owner, repo, Number(number)))
      : notFound(c, 'issues/issues#get-an-issue');
  });
  api.all('*', (c) => notFound(c, ''));
  return api;
}

/** docs.github.com: Using conditional requests. */
function conditional(c: Context, body: object): Response {
  const etag = `W/"${createHash('sha256').update(JSON.stringify(body)).digest('hex')}"`;
  c.header('etag', etag);
  c.header('cache-control', 'public, max-age=60, s-maxage=60');
  const known = (c.req.header('if-none-match') ?? '').split(',').map((each) => each.trim());
  return known.includes(etag) || known.includes('*') ? c.body(null, 304) : c.json(body);
}

function notFound(c: Context, page: string): Response {
  const documentation_url = `https://docs.github.com/rest${page && `/${page}`}`;
  return c.json({ message: 'Not Found', documentation_url, status: '404' }, 404);
}

/** docs.github.com: Getting started with the REST API, "User agent required". */
function requireUserAgent(): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.header('user-agent')) return next();
    const text =
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.';
    return c.text(text, 403);
  };
}
