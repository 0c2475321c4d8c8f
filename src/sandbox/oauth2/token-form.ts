import type { Context } from 'hono';
import type { Account } from '../account.ts';
import { oauthErrors } from './oauth-error.ts';
import { readUrlEncoded } from './url-encoded.ts';

/** The form of a token request. JSON is not read (topics/oauth2.mdx, OAuth2 URLs), so it looks like an empty form. */
export async function readTokenForm(c: Context): Promise<URLSearchParams> {
  const form = await readUrlEncoded(c);
  const names = [...form.keys()];
  const repeated = names.find((name, at) => names.indexOf(name) < at);
  if (repeated !== undefined) throw oauthErrors.repeated(repeated);
  return form;
}

/** Lets the application pass by its id and secret, in HTTP Basic or in the form. */
export function authenticateClient(c: Context, form: URLSearchParams, account: Account): void {
  const [id, secret] = basicCredentials(c) ?? [form.get('client_id'), form.get('client_secret')];
  if (id !== account.applicationId || secret !== account.clientSecret) throw oauthErrors.invalidClient();
}

function basicCredentials(c: Context): [string, string] | undefined {
  const encoded = /^Basic ([\w+/=-]+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString().split(':');
  return [id, secret.join(':')];
}
