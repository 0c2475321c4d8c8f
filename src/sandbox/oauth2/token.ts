import { Hono } from 'hono';
import { OAuthError, oauthErrors } from './oauth-error.ts';
import type { Grant } from './grants.ts';
import type { OAuth2Parts } from './oauth2.ts';
import { readScopes } from './scopes.ts';
import { authenticateClient, readTokenForm } from './token-form.ts';

type Exchange = (form: URLSearchParams, parts: OAuth2Parts) => Grant;

/** topics/oauth2.mdx: Access Token Exchange, Refresh Token Exchange, Client Credentials Grant. */
const exchanges: ReadonlyMap<string | null, Exchange> = new Map<string, Exchange>([
  [
    'authorization_code',
    (form, { grants }) =>
      grants.exchange(required(form, 'code'), form.get('redirect_uri'), form.get('code_verifier')),
  ],
  ['refresh_token', (form, { grants }) => grants.refresh(required(form, 'refresh_token'))],
  ['client_credentials', ownerGrant],
]);

/** `/oauth2/token` and `/oauth2/token/revoke`. */
export function tokenRoutes(parts: OAuth2Parts): Hono {
  const { account, grants } = parts;
  const routes = new Hono();
  routes.onError((error, c) => {
    if (error instanceof OAuthError) return c.json(error.body(), error.status);
    throw error;
  });
  routes.post('/', async (c) => {
    const form = await readTokenForm(c);
    const exchange = exchanges.get(form.get('grant_type'));
    if (!exchange) throw oauthErrors.unsupportedGrantType(form.get('grant_type'));
    authenticateClient(c, form, account);
    c.header('cache-control', 'no-store');
    return c.json(tokenAnswer(exchange(form, parts), grants.accessTokenMs));
  });
  routes.post('/revoke', async (c) => {
    const form = await readTokenForm(c);
    authenticateClient(c, form, account);
    grants.revoke(required(form, 'token'));
    return c.json({});
  });
  return routes;
}

/** A token of the application's owner, "for testing purposes". */
function ownerGrant(form: URLSearchParams, { account, grants }: OAuth2Parts): Grant {
  const scopes = readScopes(form.get('scope') ?? '');
  if (!scopes) throw oauthErrors.invalidScope();
  return grants.issueToOwner(account.ownerUser.id, scopes);
}

function tokenAnswer({ accessToken, refreshToken, scopes }: Grant, lifetimeMs: number): object {
  return {
    token_type: 'Bearer',
    access_token: accessToken,
    expires_in: Math.floor(lifetimeMs / 1_000),
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    scope: scopes.join(' '),
  };
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw oauthErrors.missing(name);
  return value;
}
