import type { MiddlewareHandler } from 'hono';
import type { Account } from '../account.ts';
import { discordErrors } from '../forms/discord-error.ts';

/** Lets a request pass that carries `Authorization: Bot <token>`, and for its own application only. */
export function authorized(account: Account): MiddlewareHandler {
  return async (c, next) => {
    const [scheme, token = ''] = (c.req.header('authorization') ?? '').split(' ');
    if (scheme !== 'Bot' || !account.acceptsOnRest(token)) throw discordErrors.unauthorized();
    await next();
  };
}

/** For routes below `/applications/:application`. */
export function ownApplication(account: Account): MiddlewareHandler {
  return async (c, next) => {
    const application = c.req.param('application');
    if (application !== account.applicationId && application !== '@me')
      throw discordErrors.notYourApplication();
    await next();
  };
}
