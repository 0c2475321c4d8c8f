import type { Account } from '../account.ts';
import { withParameters } from './redirect-uris.ts';
import { readScopes, type Scope } from './scopes.ts';

export type AuthorizationRequest = {
  readonly scopes: readonly Scope[];
  readonly redirectUri: string;
  readonly redirectGiven: boolean;
  readonly state: string | undefined;
  readonly challenge: string | undefined;
  /** `prompt=none`: whoever agreed before is not asked again. */
  readonly silent: boolean;
};

/**
 * What an application asks for; a text for the person where the address to send them back to cannot be trusted; or where
 * to send them back to with an error (RFC 6749, 4.1.2.1).
 */
export type AuthorizationReading =
  | { readonly request: AuthorizationRequest }
  | { readonly refusal: string }
  | { readonly location: string };

type Query = Readonly<Record<string, readonly string[]>>;

/** RFC 9207, and the type `iss` of discord-api-types: who answers. */
const issuer = 'https://discord.com';

const errors = {
  access_denied: 'The resource owner or authorization server denied the request',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
  unsupported_response_type:
    'The authorization server does not support obtaining an authorization code using this method.',
} as const;

/** Reads the query of the authorize page. */
export function readAuthorization(
  query: Query,
  account: Account,
  redirectUris: readonly string[],
): AuthorizationReading {
  const [clientIds = [], uris = []] = [query['client_id'], query['redirect_uri']];
  if (clientIds.length !== 1 || clientIds[0] !== account.applicationId) {
    return { refusal: `Unknown application: client_id is ${JSON.stringify(clientIds.join(', '))}.` };
  }
  const redirectUri = uris.length === 0 ? redirectUris[0] : uris[0];
  if (redirectUri === undefined || uris.length > 1 || !redirectUris.includes(redirectUri)) {
    return {
      refusal: `Invalid redirect_uri ${JSON.stringify(uris.join(', '))}: it is none of those that the sandbox was started with (--redirect-uri).`,
    };
  }
  return readTrusted(query, redirectUri, uris.length === 1);
}

function readTrusted(query: Query, redirectUri: string, redirectGiven: boolean): AuthorizationReading {
  const state = query['state']?.[0];
  const refuse = (error: string, description: string) => ({
    location: backTo({ redirectUri, state }, { error, error_description: description }),
  });
  const repeated = Object.keys(query).find((name) => (query[name]?.length ?? 0) > 1);
  if (repeated !== undefined) return refuse('invalid_request', 'A parameter is repeated.');
  if (query['response_type']?.[0] !== 'code') {
    return refuse('unsupported_response_type', errors.unsupported_response_type);
  }
  const scopes = readScopes(query['scope']?.[0] ?? '');
  if (!scopes) return refuse('invalid_scope', errors.invalid_scope);
  const prompt = query['prompt']?.[0] ?? 'consent';
  if (prompt !== 'consent' && prompt !== 'none') return refuse('invalid_request', 'Invalid prompt.');
  const challenge = query['code_challenge']?.[0];
  if (!isPkceRight(challenge, query['code_challenge_method']?.[0])) {
    return refuse('invalid_request', 'Invalid code_challenge: it takes the method S256.');
  }
  return {
    request: { scopes, redirectUri, redirectGiven, state, challenge, silent: prompt === 'none' },
  };
}

/** A SHA-256 is 43 characters of base64url; without a method a challenge would be plain, which Discord does not take. */
function isPkceRight(challenge: string | undefined, method: string | undefined): boolean {
  if (challenge === undefined) return method === undefined;
  return method === 'S256' && /^[\w-]{43}$/.test(challenge);
}

export function deniedLocation(request: AuthorizationRequest): string {
  return backTo(request, { error: 'access_denied', error_description: errors.access_denied });
}

export function grantedLocation(request: AuthorizationRequest, code: string): string {
  return backTo(request, { code });
}

function backTo(
  { redirectUri, state }: Pick<AuthorizationRequest, 'redirectUri' | 'state'>,
  parameters: Readonly<Record<string, string>>,
): string {
  return withParameters(redirectUri, { ...parameters, ...(state !== undefined && { state }), iss: issuer });
}
