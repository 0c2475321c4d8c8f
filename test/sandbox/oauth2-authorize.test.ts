import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { memberOf, startArena } from './arena.ts';
import {
  authorizeAddress,
  codeFor,
  destination,
  redirectUri,
  startOAuthArena,
  submit,
} from './oauth2-flow.ts';

test('the page shows the people with their guilds and standing, and works without a script', async () => {
  await using arena = await startOAuthArena();
  const response = await fetch(authorizeAddress(arena.sandbox, { scope: 'identify guilds' }));
  const page = await response.text();
  assert.equal(response.status, 200);
  const member = arena.guild.members.find(({ kind }) => kind === 'moderator');
  assert.ok(page.includes(`value="${member?.id}"`));
  assert.ok(page.includes(`${member?.username}: moderator of ${arena.guild.name}`));
  assert.match(page, /see which servers you are in/);
  assert.match(page, /<form method="post" action="\?response_type=code&amp;client_id=/);
  assert.doesNotMatch(page, /<script/);
});

test('the page of a large world leads on to further people', async () => {
  await using arena = await startOAuthArena({ guilds: 30 });
  const address = authorizeAddress(arena.sandbox);
  const more = /<a href="([^"]+)"/.exec(await (await fetch(address)).text())?.[1] ?? '';
  const [last] = await arena.client.guilds({ limit: 30 }).then((guilds) => guilds.slice(-1));
  const page = await (await fetch(new URL(more.replaceAll('&amp;', '&'), address))).text();
  assert.ok(page.includes(last?.name ?? 'nothing'));
  assert.doesNotMatch(page, /<a href/);
});

test('authorizing leads back with a code and the state untouched, cancelling with access_denied', async () => {
  await using arena = await startOAuthArena();
  const state = `a b&c=d#e?f"<g>\r\nSet-Cookie: h=1 ü%41`;
  const address = authorizeAddress(arena.sandbox, { state });
  const user_id = memberOf(arena.guild, 'member');
  const granted = destination(await submit(address, { decision: 'authorize', user_id }));
  assert.equal(granted.origin + granted.pathname, redirectUri);
  assert.match(granted.searchParams.get('code') ?? '', /^[\w-]{32}$/);
  assert.equal(granted.searchParams.get('state'), state);
  assert.equal(granted.searchParams.get('iss'), 'https://discord.com');
  const denied = destination(await submit(address, { decision: 'cancel' }));
  assert.equal(denied.searchParams.get('error'), 'access_denied');
  assert.equal(denied.searchParams.get('state'), state);
  assert.equal(denied.searchParams.get('code'), null);
});

test('a redirect URI keeps the query it was registered with', async () => {
  const own = `${redirectUri}?tenant=a%20b`;
  await using arena = await startArena({ redirectUris: [own] });
  const address = authorizeAddress(arena.sandbox, { redirect_uri: own });
  const response = await submit(address, { decision: 'cancel' });
  assert.match(response.headers.get('location') ?? '', /\/callback\?tenant=a%20b&error=access_denied&/);
});

test('whoever is not trusted is never redirected to', async () => {
  await using arena = await startOAuthArena();
  const { authorizeUrl } = arena.sandbox;
  const uris = [
    'http://evil.invalid/',
    `${redirectUri}/`,
    `${redirectUri}?x=1`,
    `${redirectUri}#`,
    'http://127.0.0.1:9@evil.invalid/callback',
    'HTTP://127.0.0.1:9/callback',
    '//evil.invalid',
    'javascript:alert(1)',
    '',
  ];
  const addresses = [
    ...uris.map((redirect_uri) => authorizeAddress(arena.sandbox, { redirect_uri })),
    authorizeAddress(arena.sandbox, { client_id: '1' }),
    authorizeAddress(arena.sandbox, { client_id: null }),
    `${authorizeAddress(arena.sandbox)}&redirect_uri=http://evil.invalid/`,
    `${authorizeAddress(arena.sandbox)}&client_id=1`,
    authorizeUrl,
  ];
  for (const address of addresses) {
    const response = await fetch(address, { redirect: 'manual' });
    assert.deepEqual([response.status, response.headers.get('location')], [400, null], address);
    const user_id = memberOf(arena.guild, 'member');
    assert.equal((await submit(address, { decision: 'authorize', user_id })).status, 400, address);
  }
});

test('a wrong request goes back to the application with its error and the state', async () => {
  await using arena = await startOAuthArena();
  const wrong: [Record<string, string | null>, string][] = [
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_type: null }, 'unsupported_response_type'],
    [{ scope: 'identify everything' }, 'invalid_scope'],
    [{ scope: 'constructor' }, 'invalid_scope'],
    [{ scope: '' }, 'invalid_scope'],
    [{ scope: null }, 'invalid_scope'],
    [{ prompt: 'perhaps' }, 'invalid_request'],
    [{ code_challenge: 'x'.repeat(43), code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge: 'x'.repeat(43) }, 'invalid_request'],
    [{ code_challenge: 'short', code_challenge_method: 'S256' }, 'invalid_request'],
    [{ code_challenge_method: 'S256' }, 'invalid_request'],
  ];
  for (const [parameters, error] of wrong) {
    const address = authorizeAddress(arena.sandbox, { state: 's', ...parameters });
    const { origin, searchParams } = destination(await fetch(address, { redirect: 'manual' }));
    assert.equal(origin, new URL(redirectUri).origin);
    assert.deepEqual([searchParams.get('error'), searchParams.get('state')], [error, 's'], address);
  }
  const twice = `${authorizeAddress(arena.sandbox)}&scope=guilds`;
  const { searchParams } = destination(await fetch(twice, { redirect: 'manual' }));
  assert.equal(searchParams.get('error'), 'invalid_request');
});

test('without a redirect URI people return to the first that is registered, or see why they cannot', async () => {
  await using arena = await startArena({ redirectUris: [redirectUri, 'http://127.0.0.1:9/other'] });
  const address = authorizeAddress(arena.sandbox, { redirect_uri: null });
  const { origin, pathname } = destination(await submit(address, { decision: 'cancel' }));
  assert.equal(origin + pathname, redirectUri);
  await using bare = await startArena();
  const response = await fetch(authorizeAddress(bare.sandbox, { redirect_uri: null }));
  assert.equal(response.status, 400);
  assert.match(await response.text(), /--redirect-uri/);
});

test('another site cannot send the form, frame the page or put markup into it', async () => {
  await using arena = await startOAuthArena();
  const address = authorizeAddress(arena.sandbox);
  const fields = { decision: 'authorize', user_id: memberOf(arena.guild, 'member') };
  const foreign: Record<string, string>[] = [
    { origin: 'http://evil.invalid' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
    {},
  ];
  for (const headers of foreign) {
    assert.equal((await submit(address, fields, headers)).status, 403, JSON.stringify(headers));
  }
  const served = await fetch(address);
  const { headers } = served;
  assert.equal(headers.get('x-frame-options'), 'DENY');
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(
    policy,
    /default-src 'none'.*form-action 'self' http:\/\/127\.0\.0\.1:9;.*frame-ancestors 'none'/,
  );
  // A browser refuses a style whose hash is another.
  const style = /<style>(.*)<\/style>/s.exec(await served.text())?.[1] ?? '';
  assert.ok(policy.includes(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}';`));

  const markup = `"><script>alert(1)</script>`;
  for (const parameters of [
    { client_id: markup },
    { redirect_uri: markup },
    { state: markup, other: markup },
  ]) {
    const page = await (await fetch(authorizeAddress(arena.sandbox, parameters))).text();
    assert.doesNotMatch(page, /<script/, JSON.stringify(parameters));
  }
  const nobody = await submit(address, { decision: 'authorize', user_id: markup });
  assert.equal(nobody.status, 400);
  assert.doesNotMatch(await nobody.text(), /<script/);
});

test('nobody can be somebody who does not exist', async () => {
  await using arena = await startOAuthArena();
  const address = authorizeAddress(arena.sandbox);
  for (const user_id of ['1', '', 'x', '99999999999999999999']) {
    assert.equal((await submit(address, { decision: 'authorize', user_id })).status, 400, user_id);
  }
  assert.equal((await submit(address, { decision: 'authorize' })).status, 400);
  assert.equal((await submit(address, { user_id: memberOf(arena.guild, 'member') })).status, 303);
});

test('prompt=none asks whoever has not agreed to these scopes, and nobody who has', async () => {
  await using arena = await startOAuthArena();
  const silent = (scope: string) => authorizeAddress(arena.sandbox, { scope, prompt: 'none', state: 's' });
  const user_id = memberOf(arena.guild, 'member');
  assert.equal((await fetch(silent('identify'))).status, 200);
  const granted = await submit(silent('identify'), { decision: 'authorize', user_id });
  const cookie = granted.headers.get('set-cookie') ?? '';
  assert.match(cookie, /^sandbox_login=\d+;.*HttpOnly; SameSite=Lax$/);
  const headers = { cookie: cookie.split(';')[0] ?? '' };
  const again = destination(await fetch(silent('identify'), { headers, redirect: 'manual' }));
  assert.match(again.searchParams.get('code') ?? '', /^[\w-]{32}$/);
  assert.equal(again.searchParams.get('state'), 's');
  assert.equal((await fetch(silent('identify email'), { headers })).status, 200);
  assert.equal((await fetch(authorizeAddress(arena.sandbox), { headers })).status, 200);
  const other = { cookie: `sandbox_login=${memberOf(arena.guild, 'owner')}` };
  assert.equal((await fetch(silent('identify'), { headers: other })).status, 200);
});

test('the addresses below /api lead to the page with their query, and nowhere else', async () => {
  await using arena = await startOAuthArena();
  const { origin, search } = new URL(authorizeAddress(arena.sandbox, { state: '//evil.invalid' }));
  for (const path of ['/api/oauth2/authorize', '/api/v10/oauth2/authorize']) {
    const response = await fetch(`${origin}${path}${search}`, { redirect: 'manual' });
    assert.deepEqual(
      [response.status, response.headers.get('location')],
      [302, `/oauth2/authorize${search}`],
    );
  }
});

test('what is no form agrees to nothing', async () => {
  await using arena = await startOAuthArena();
  const address = authorizeAddress(arena.sandbox);
  const { origin } = new URL(address);
  const body = `decision=authorize&user_id=${memberOf(arena.guild, 'member')}`;
  for (const type of ['multipart/form-data', 'text/plain', 'application/json']) {
    const headers = { origin, 'content-type': type };
    const response = await fetch(address, { method: 'POST', redirect: 'manual', headers, body });
    assert.equal(destination(response).searchParams.get('error'), 'access_denied', type);
  }
  const large = await submit(address, { decision: 'x'.repeat(20_000) });
  assert.equal(large.status, 413);
});

test('two codes are never the same', async () => {
  await using arena = await startOAuthArena();
  assert.notEqual(await codeFor(arena), await codeFor(arena));
});

for (const uri of [
  'callback',
  'ftp://x/',
  'javascript:alert(1)',
  'http://x/#fragment',
  'http://x /',
  'http://',
]) {
  test(`${uri} cannot be registered`, async () => {
    await assert.rejects(startArena({ redirectUris: [uri] }), { message: /^--redirect-uri must be an http/ });
  });
}
