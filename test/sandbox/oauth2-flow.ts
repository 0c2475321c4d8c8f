import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { memberOf, startArena, type Arena } from './arena.ts';

export const redirectUri = 'http://127.0.0.1:9/callback';

export type TokenAnswer = {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly token_type: string;
  readonly scope: string;
};

export type Json = {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
};

export function startOAuthArena(options: Parameters<typeof startArena>[0] = {}): Promise<Arena> {
  return startArena({ redirectUris: [redirectUri], ...options });
}

/** The address of the authorize page; a parameter of `null` is left out. */
export function authorizeAddress(
  { authorizeUrl, applicationId }: Sandbox,
  parameters: Readonly<Record<string, string | null>> = {},
): string {
  const all = {
    response_type: 'code',
    client_id: applicationId,
    redirect_uri: redirectUri,
    scope: 'identify',
    ...parameters,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(all)) if (value !== null) query.set(name, value);
  return `${authorizeUrl}?${query.toString()}`;
}

/** Sends the page's form as a browser on the page does. */
export function submit(
  address: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = { origin: new URL(address).origin },
): Promise<Response> {
  return fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams(fields),
  });
}

/** Where the answer sends the browser to. */
export function destination(response: Response): URL {
  assert.equal(response.status, 303);
  return new URL(response.headers.get('location') ?? '');
}

/** A code for the first guild's member of that kind. */
export async function codeFor(
  arena: Arena,
  parameters: Readonly<Record<string, string | null>> = {},
  kind: Parameters<typeof memberOf>[1] = 'member',
): Promise<string> {
  const address = authorizeAddress(arena.sandbox, parameters);
  const response = await submit(address, { decision: 'authorize', user_id: memberOf(arena.guild, kind) });
  return destination(response).searchParams.get('code') ?? assert.fail('no code');
}

/** Sends a form to a token endpoint with the application's id and secret in it. */
export function tokenRequest(
  { restUrl, applicationId, clientSecret }: Sandbox,
  fields: Readonly<Record<string, string>>,
  path = '/v10/oauth2/token',
): Promise<Json> {
  const form = { client_id: applicationId, client_secret: clientSecret, ...fields };
  return json(`${restUrl}${path}`, { method: 'POST', body: new URLSearchParams(form) });
}

export async function tokenFor(
  arena: Arena,
  scope: string,
  kind: Parameters<typeof memberOf>[1] = 'member',
): Promise<TokenAnswer> {
  const code = await codeFor(arena, { scope }, kind);
  return exchange(arena.sandbox, code);
}

export async function exchange(sandbox: Sandbox, code: string): Promise<TokenAnswer> {
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
  const { status, body } = await tokenRequest(sandbox, fields);
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as TokenAnswer;
}

/** Reads a resource of whose token it is. */
export function asUser({ restUrl }: Sandbox, token: string, path: string): Promise<Json> {
  return json(`${restUrl}/v10${path}`, { headers: { authorization: `Bearer ${token}` } });
}

export async function json(url: string, init: RequestInit = {}): Promise<Json> {
  const response = await fetch(url, init);
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}

export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
