/** A refusal in the words of RFC 6749, which Discord's token endpoints use instead of its own error codes. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly status: 400 | 401;
  readonly code: string;
  readonly description: string | undefined;

  constructor(status: OAuthError['status'], code: string, description?: string) {
    super(description ?? code);
    this.status = status;
    this.code = code;
    this.description = description;
  }

  body(): { error: string; error_description?: string } {
    const { code, description } = this;
    return description === undefined ? { error: code } : { error: code, error_description: description };
  }
}

/** The descriptions are those that Discord sends. */
export const oauthErrors = {
  invalidClient: () => new OAuthError(401, 'invalid_client'),
  repeated: (name: string) => new OAuthError(400, 'invalid_request', `Repeated "${name}" in request.`),
  missing: (name: string) => new OAuthError(400, 'invalid_request', `Missing "${name}" in request.`),
  invalidGrant: (name: string) => new OAuthError(400, 'invalid_grant', `Invalid "${name}" in request.`),
  invalidScope: () =>
    new OAuthError(400, 'invalid_scope', 'The requested scope is invalid, unknown, or malformed.'),
  unsupportedGrantType: (grantType: string | null) =>
    new OAuthError(400, 'unsupported_grant_type', `Grant type ${grantType ?? 'None'} is not supported`),
} as const;
