import { createHash, randomBytes } from 'node:crypto';
import type { Timing } from '../timing.ts';
import { oauthErrors } from './oauth-error.ts';
import type { Scope } from './scopes.ts';

/** What a person agreed to on the authorize page. */
export type Consent = {
  readonly userId: string;
  readonly scopes: readonly Scope[];
  readonly redirectUri: string;
  /** False where the application left it out and was given its first one. */
  readonly redirectGiven: boolean;
  /** PKCE's S256 challenge (RFC 7636). */
  readonly challenge: string | undefined;
};

/** A token that acts for a person. */
export type Grant = {
  readonly userId: string;
  readonly scopes: readonly Scope[];
  readonly accessToken: string;
  /** None for client credentials. */
  readonly refreshToken: string | undefined;
  readonly expiresAtMs: number;
  /** The code that it goes back to, through any number of refreshes. */
  readonly code: string | undefined;
};

type Code = Consent & { readonly expiresAtMs: number; used: boolean };
type Lifetimes = Pick<Timing, 'authorizationCodeMs' | 'accessTokenMs'>;

/** Refresh tokens do not expire; a sandbox that logs people in for days forgets the oldest. */
const maxRefreshTokens = 100_000;

/** Codes and tokens that were issued, and what people agreed to. Refusals are thrown as `OAuthError`. */
export class Grants {
  readonly accessTokenMs: number;
  readonly #codeMs: number;
  /** All three in the order of their issue, so that what expires first stands first. */
  readonly #codes = new Map<string, Code>();
  readonly #byAccessToken = new Map<string, Grant>();
  readonly #byRefreshToken = new Map<string, Grant>();
  readonly #agreed = new Map<string, ReadonlySet<Scope>>();

  constructor({ authorizationCodeMs, accessTokenMs }: Lifetimes) {
    this.#codeMs = authorizationCodeMs;
    this.accessTokenMs = accessTokenMs;
  }

  /** A new single-use code. */
  consent(consent: Consent): string {
    dropExpired(this.#codes);
    const code = newToken();
    this.#codes.set(code, { ...consent, expiresAtMs: Date.now() + this.#codeMs, used: false });
    const before = this.#agreed.get(consent.userId) ?? [];
    this.#agreed.set(consent.userId, new Set([...before, ...consent.scopes]));
    return code;
  }

  hasAgreed(userId: string, scopes: readonly Scope[]): boolean {
    const agreed = this.#agreed.get(userId);
    return agreed !== undefined && scopes.every((scope) => agreed.has(scope));
  }

  /** Exchanges a code. One that comes a second time was stolen: what it brought is revoked (RFC 6749, 4.1.2). */
  exchange(code: string, redirectUri: string | null, verifier: string | null): Grant {
    const found = this.#codes.get(code);
    if (!found || found.expiresAtMs <= Date.now()) throw oauthErrors.invalidGrant('code');
    if (found.used) {
      this.#removeWhere((grant) => grant.code === code);
      throw oauthErrors.invalidGrant('code');
    }
    const named = redirectUri ?? (found.redirectGiven ? undefined : found.redirectUri);
    if (named !== found.redirectUri) throw oauthErrors.invalidGrant('redirect_uri');
    checkVerifier(found.challenge, verifier);
    found.used = true;
    return this.#issue(found.userId, found.scopes, newToken(), code);
  }

  /** New tokens for a refresh token, which ends together with its access token. */
  refresh(refreshToken: string): Grant {
    const grant = this.#byRefreshToken.get(refreshToken);
    if (!grant) throw oauthErrors.invalidGrant('refresh_token');
    this.#removeWhere((each) => each === grant);
    return this.#issue(grant.userId, grant.scopes, newToken(), grant.code);
  }

  /** An access token alone, for the application's owner. */
  issueToOwner(ownerId: string, scopes: readonly Scope[]): Grant {
    return this.#issue(ownerId, scopes, undefined, undefined);
  }

  /** The grant of an access token that is still valid. */
  find(accessToken: string): Grant | undefined {
    const grant = this.#byAccessToken.get(accessToken);
    return grant && grant.expiresAtMs > Date.now() ? grant : undefined;
  }

  /**
   * Ends all tokens of the person whose access or refresh token this is, and what they agreed to
   * (topics/oauth2.mdx, Token Revocation: "any active access or refresh tokens associated with that authorization").
   */
  revoke(token: string): void {
    const userId = (this.#byAccessToken.get(token) ?? this.#byRefreshToken.get(token))?.userId;
    if (userId === undefined) return;
    this.#removeWhere((grant) => grant.userId === userId);
    this.#agreed.delete(userId);
  }

  #issue(
    userId: string,
    scopes: readonly Scope[],
    refreshToken: string | undefined,
    code: string | undefined,
  ): Grant {
    dropExpired(this.#byAccessToken);
    const expiresAtMs = Date.now() + this.accessTokenMs;
    const grant = { userId, scopes, accessToken: newToken(), refreshToken, expiresAtMs, code };
    this.#byAccessToken.set(grant.accessToken, grant);
    if (refreshToken === undefined) return grant;
    const [oldest] = this.#byRefreshToken.size < maxRefreshTokens ? [] : this.#byRefreshToken.keys();
    if (oldest !== undefined) this.#byRefreshToken.delete(oldest);
    this.#byRefreshToken.set(refreshToken, grant);
    return grant;
  }

  #removeWhere(matches: (grant: Grant) => boolean): void {
    for (const tokens of [this.#byAccessToken, this.#byRefreshToken]) {
      for (const [token, grant] of tokens) if (matches(grant)) tokens.delete(token);
    }
  }
}

/** A verifier without a challenge is refused too: somebody took the challenge out of the address on its way. */
function checkVerifier(challenge: string | undefined, verifier: string | null): void {
  if (challenge !== undefined && verifier === null) throw oauthErrors.missing('code_verifier');
  const answer = verifier === null ? undefined : createHash('sha256').update(verifier).digest('base64url');
  if (answer !== challenge) throw oauthErrors.invalidGrant('code_verifier');
}

function dropExpired(issued: Map<string, { readonly expiresAtMs: number }>): void {
  const nowMs = Date.now();
  for (const [key, { expiresAtMs }] of issued) {
    if (expiresAtMs > nowMs) return;
    issued.delete(key);
  }
}

/** 32 characters, as Discord's. */
function newToken(): string {
  return randomBytes(24).toString('base64url');
}
