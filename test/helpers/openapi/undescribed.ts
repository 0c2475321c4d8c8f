import type { Description } from './description.ts';
import type { Schema } from './strict-schema.ts';

/** The type of the only requests that the token endpoints take (topics/oauth2.mdx, OAuth2 URLs). */
export const formType = 'application/x-www-form-urlencoded';

const text: Schema = { type: 'string', minLength: 1 };
/** HTTP Basic, or these two in the form. */
const client = { client_id: { type: 'string', format: 'snowflake' }, client_secret: text };

function form(grantType: string, required: readonly string[], properties: Record<string, Schema>): Schema {
  return {
    type: 'object',
    properties: { ...client, grant_type: { const: grantType }, ...properties },
    required: ['grant_type', ...required],
  };
}

const tokenForm: Schema = {
  anyOf: [
    form('authorization_code', ['code'], { code: text, redirect_uri: text, code_verifier: text }),
    form('refresh_token', ['refresh_token'], { refresh_token: text }),
    form('client_credentials', ['scope'], { scope: text }),
  ],
};
const revocationForm: Schema = {
  type: 'object',
  properties: {
    ...client,
    token: text,
    token_type_hint: { type: 'string', enum: ['access_token', 'refresh_token'] },
  },
  required: ['token'],
};
const issued: Schema = {
  type: 'object',
  properties: {
    token_type: { const: 'Bearer' },
    access_token: text,
    expires_in: { type: 'integer', minimum: 0 },
    refresh_token: text,
    scope: text,
  },
  required: ['token_type', 'access_token', 'expires_in', 'scope'],
};
const refused: Schema = {
  type: 'object',
  properties: { error: text, error_description: text },
  required: ['error'],
};

function operation(operationId: string, request: Schema, answer: Schema): object {
  return {
    operationId,
    requestBody: { required: true, content: { [formType]: { schema: request } } },
    responses: {
      200: { content: { 'application/json': { schema: answer } } },
      429: { $ref: '#/components/responses/ClientRatelimitedResponse' },
      '4XX': { content: { 'application/json': { schema: refused } } },
    },
  };
}

/**
 * Operations that the documentation has and the description lacks: its security schemes name the token URL, its paths do
 * not. Written after topics/oauth2.mdx and RFC 6749, 5.2.
 */
export const undescribedPaths: Description['paths'] = {
  '/oauth2/token': { post: operation('exchange_oauth2_token', tokenForm, issued) },
  '/oauth2/token/revoke': {
    post: operation('revoke_oauth2_token', revocationForm, { type: 'object', properties: {} }),
  },
};
