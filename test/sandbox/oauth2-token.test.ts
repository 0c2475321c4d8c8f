import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../helpers/eventually.ts';
import {
  asUser,
  challengeOf,
  codeFor,
  exchange,
  json,
  redirectUri,
  startOAuthArena,
  tokenFor,
  tokenRequest,
} from './oauth2-flow.ts';

const grant_type = 'authorization_code';
const me = '/users/@me';

test('a code becomes a token that lasts a week, with or without a version in the path', async () => {
  await using arena = await startOAuthArena();
  const { origin } = new URL(arena.sandbox.authorizeUrl);
  for (const sandbox of [arena.sandbox, { ...arena.sandbox, restUrl: `${origin}/api` }]) {
    const code = await codeFor(arena, { scope: 'guilds identify guilds' });
    const path = sandbox === arena.sandbox ? '/v10/oauth2/token' : '/oauth2/token';
    const { status, body, headers } = await tokenRequest(
      sandbox,
      { grant_type, code, redirect_uri: redirectUri },
      path,
    );
    const { access_token, refresh_token, ...rest } = body;
    assert.equal(status, 200);
    assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 604_800, scope: 'guilds identify' });
    assert.notEqual(access_token, refresh_token);
    assert.equal(headers.get('cache-control'), 'no-store');
  }
});

test('an application proves itself by Basic or in the form, and by nothing else', async () => {
  await using arena = await startOAuthArena();
  const { restUrl, applicationId, clientSecret, token } = arena.sandbox;
  const ask = async (authorization: string | undefined, fields: Record<string, string> = {}) => {
    const form = { grant_type, code: await codeFor(arena), redirect_uri: redirectUri, ...fields };
    const headers = { ...(authorization !== undefined && { authorization }) };
    return json(`${restUrl}/v10/oauth2/token`, { method: 'POST', headers, body: new URLSearchParams(form) });
  };
  assert.equal((await ask(basic(applicationId, clientSecret))).status, 200);
  assert.equal((await ask(undefined, { client_id: applicationId, client_secret: clientSecret })).status, 200);
  const wrong: Parameters<typeof ask>[] = [
    [undefined],
    [basic(applicationId, 'wrong')],
    [basic('1', clientSecret)],
    [basic(applicationId, 'wrong'), { client_id: applicationId, client_secret: clientSecret }],
    ['Basic !'],
    [`Bot ${token}`],
    [undefined, { client_id: applicationId }],
    [undefined, { client_id: applicationId, client_secret: '' }],
  ];
  for (const attempt of wrong) {
    const { status, body } = await ask(...attempt);
    assert.deepEqual([status, body], [401, { error: 'invalid_client' }], JSON.stringify(attempt));
  }
});

test('only forms are read, and only the grants that are documented', async () => {
  await using arena = await startOAuthArena();
  const { restUrl, applicationId, clientSecret } = arena.sandbox;
  const url = `${restUrl}/v10/oauth2/token`;
  const body = JSON.stringify({ grant_type, client_id: applicationId, client_secret: clientSecret });
  const asJson = await json(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  assert.deepEqual([asJson.status, asJson.body['error']], [400, 'unsupported_grant_type']);
  for (const type of ['password', 'constructor', '']) {
    const answer = await tokenRequest(arena.sandbox, { grant_type: type });
    assert.deepEqual([answer.status, answer.body['error']], [400, 'unsupported_grant_type'], type);
  }
  const twice = await json(url, { method: 'POST', body: new URLSearchParams('grant_type=a&grant_type=b') });
  assert.deepEqual([twice.status, twice.body['error']], [400, 'invalid_request']);
});

test('a code is good once: a second use ends the tokens of the first, refreshed or not', async () => {
  await using arena = await startOAuthArena();
  const code = await codeFor(arena);
  const first = await exchange(arena.sandbox, code);
  const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
  const { body } = await tokenRequest(arena.sandbox, refresh);
  const other = await tokenFor(arena, 'identify');
  const again = await tokenRequest(arena.sandbox, { grant_type, code, redirect_uri: redirectUri });
  assert.equal(again.status, 400);
  assert.deepEqual(again.body, { error: 'invalid_grant', error_description: 'Invalid "code" in request.' });
  assert.equal((await asUser(arena.sandbox, String(body['access_token']), me)).status, 401);
  assert.equal((await asUser(arena.sandbox, other.access_token, me)).status, 200);
});

test('a code is bound to its redirect URI, and one that never was is refused', async () => {
  await using arena = await startOAuthArena();
  const wrong: Record<string, string>[] = [
    { code: await codeFor(arena), redirect_uri: `${redirectUri}/other` },
    { code: await codeFor(arena) },
    { code: 'x', redirect_uri: redirectUri },
  ];
  for (const fields of wrong) {
    const { status, body } = await tokenRequest(arena.sandbox, { grant_type, ...fields });
    assert.deepEqual([status, body['error']], [400, 'invalid_grant'], JSON.stringify(fields));
  }
  const missing = await tokenRequest(arena.sandbox, { grant_type });
  assert.deepEqual([missing.status, missing.body['error']], [400, 'invalid_request']);
  const code = await codeFor(arena, { redirect_uri: null });
  assert.equal((await tokenRequest(arena.sandbox, { grant_type, code })).status, 200);
});

test('PKCE: the verifier must answer the challenge, and must not come without one', async () => {
  await using arena = await startOAuthArena();
  const verifier = 'v'.repeat(43);
  const pkce = { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' };
  const attempt = async (challenge: Record<string, string>, fields: Record<string, string>) => {
    const code = await codeFor(arena, challenge);
    return tokenRequest(arena.sandbox, { grant_type, code, redirect_uri: redirectUri, ...fields });
  };
  assert.equal((await attempt(pkce, { code_verifier: verifier })).status, 200);
  assert.equal((await attempt(pkce, {})).body['error'], 'invalid_request');
  assert.equal((await attempt(pkce, { code_verifier: 'w'.repeat(43) })).body['error'], 'invalid_grant');
  assert.equal((await attempt(pkce, { code_verifier: pkce.code_challenge })).body['error'], 'invalid_grant');
  assert.equal((await attempt({}, { code_verifier: verifier })).body['error'], 'invalid_grant');
});

test('a refresh gives new tokens and ends the old ones', async () => {
  await using arena = await startOAuthArena();
  const first = await tokenFor(arena, 'identify guilds');
  const fields = { grant_type: 'refresh_token', refresh_token: first.refresh_token };
  const { status, body } = await tokenRequest(arena.sandbox, fields);
  assert.deepEqual([status, body['scope']], [200, 'identify guilds']);
  assert.notEqual(body['access_token'], first.access_token);
  assert.notEqual(body['refresh_token'], first.refresh_token);
  assert.equal((await asUser(arena.sandbox, String(body['access_token']), me)).status, 200);
  assert.equal((await asUser(arena.sandbox, first.access_token, me)).status, 401);
  const again = await tokenRequest(arena.sandbox, fields);
  assert.deepEqual([again.status, again.body['error']], [400, 'invalid_grant']);
  const access = { ...fields, refresh_token: String(body['access_token']) };
  assert.equal((await tokenRequest(arena.sandbox, access)).status, 400);
});

test('codes and access tokens end in time, refresh tokens do not', async () => {
  await using arena = await startOAuthArena({ timing: { authorizationCodeMs: 0, accessTokenMs: 3_000_000 } });
  const late = { grant_type, code: await codeFor(arena), redirect_uri: redirectUri };
  assert.equal((await tokenRequest(arena.sandbox, late)).body['error'], 'invalid_grant');

  await using brief = await startOAuthArena({ timing: { accessTokenMs: 200 } });
  const token = await tokenFor(brief, 'identify');
  assert.equal(token.expires_in, 0);
  await eventually('the end of the access token', async () => {
    return (await asUser(brief.sandbox, token.access_token, me)).status === 401;
  });
  const fields = { grant_type: 'refresh_token', refresh_token: token.refresh_token };
  assert.equal((await tokenRequest(brief.sandbox, fields)).status, 200);
});

test('revoking any token ends all of that person’s, and their consent', async () => {
  await using arena = await startOAuthArena();
  const revoke = (fields: Record<string, string>) =>
    tokenRequest(arena.sandbox, fields, '/v10/oauth2/token/revoke');
  for (const name of ['access_token', 'refresh_token'] as const) {
    const [one, two] = [await tokenFor(arena, 'identify'), await tokenFor(arena, 'guilds')];
    const other = await tokenFor(arena, 'identify', 'owner');
    const { status, body } = await revoke({ token: one[name], token_type_hint: 'access_token' });
    assert.deepEqual([status, body], [200, {}]);
    assert.equal((await asUser(arena.sandbox, one.access_token, me)).status, 401);
    assert.equal((await asUser(arena.sandbox, two.access_token, '/users/@me/guilds')).status, 401);
    assert.equal((await asUser(arena.sandbox, other.access_token, me)).status, 200);
    const fields = { grant_type: 'refresh_token', refresh_token: two.refresh_token };
    assert.equal((await tokenRequest(arena.sandbox, fields)).status, 400);
  }
  assert.deepEqual((await revoke({ token: 'unknown' })).body, {});
  assert.equal((await revoke({})).body['error'], 'invalid_request');
  assert.equal((await revoke({ token: 'x', client_secret: 'wrong' })).status, 401);
});

test('client credentials act for the application’s owner, without a refresh token', async () => {
  await using arena = await startOAuthArena();
  const fields = { grant_type: 'client_credentials', scope: 'identify guilds' };
  const { status, body } = await tokenRequest(arena.sandbox, fields);
  assert.deepEqual([status, body['refresh_token']], [200, undefined]);
  const owner = await asUser(arena.sandbox, String(body['access_token']), me);
  assert.equal(owner.body['username'], 'sandbox-owner');
  const guilds = await asUser(arena.sandbox, String(body['access_token']), '/users/@me/guilds');
  assert.deepEqual(guilds.body, []);
  const unknown = await tokenRequest(arena.sandbox, { ...fields, scope: 'everything' });
  assert.deepEqual([unknown.status, unknown.body['error']], [400, 'invalid_scope']);
});

test('the secret is the same for the same seed', async () => {
  await using one = await startOAuthArena({ seed: 4 });
  await using two = await startOAuthArena({ seed: 4 });
  await using three = await startOAuthArena({ seed: 5 });
  assert.equal(one.sandbox.clientSecret, two.sandbox.clientSecret);
  assert.notEqual(one.sandbox.clientSecret, three.sandbox.clientSecret);
  assert.match(one.sandbox.clientSecret, /not-a-secret/);
});

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}
