import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { API } from '@discordjs/core';
import { REST } from '@discordjs/rest';
import { memberOf } from './arena.ts';
import { makeBot } from './bot.ts';
import {
  asUser,
  authorizeAddress,
  codeFor,
  json,
  redirectUri,
  startOAuthArena,
  submit,
  tokenFor,
} from './oauth2-flow.ts';

test('/users/@me is the person, with an address for whoever asked for it', async () => {
  await using arena = await startOAuthArena();
  const plain = await tokenFor(arena, 'identify');
  const { status, body } = await asUser(arena.sandbox, plain.access_token, '/users/@me');
  assert.deepEqual([status, body['id']], [200, memberOf(arena.guild, 'member')]);
  assert.deepEqual([body['email'], body['verified']], [undefined, undefined]);
  const email = await tokenFor(arena, 'identify email');
  const shown = await asUser(arena.sandbox, email.access_token, '/users/@me');
  assert.deepEqual(
    [shown.body['email'], shown.body['verified']],
    [`${body['username'] as string}@sandbox.invalid`, true],
  );
});

test('/users/@me/guilds tells permissions and ownership, page by page', async () => {
  await using arena = await startOAuthArena();
  for (const kind of ['owner', 'moderator', 'member'] as const) {
    const { access_token } = await tokenFor(arena, 'guilds', kind);
    const read = async (query = '') =>
      (await asUser(arena.sandbox, access_token, `/users/@me/guilds${query}`)).body as unknown as Record<
        string,
        unknown
      >[];
    const guilds = await read('?with_counts=true');
    const guild = guilds.find(({ id }) => id === arena.guild.id);
    const member = arena.guild.members.find((each) => each.kind === kind);
    assert.equal(guild?.['owner'], kind === 'owner');
    assert.equal(guild?.['permissions'], member?.permissions);
    assert.equal(guild?.['approximate_member_count'], arena.guild.memberCount);
    const ids = guilds.map(({ id }) => String(id));
    assert.deepEqual(
      ids,
      ids.toSorted((one, other) => Number(BigInt(one) - BigInt(other))),
    );
    const [first = '', last = ''] = [ids.at(0), ids.at(-1)];
    const pages = [
      `?after=${last}`,
      `?before=${first}`,
      '?after=1',
      `?before=${BigInt(last) + 1n}`,
      '?limit=1',
    ];
    assert.deepEqual(await Promise.all(pages.map(async (query) => (await read(query)).length)), [
      0,
      0,
      ids.length,
      ids.length,
      1,
    ]);
    const wrong = await asUser(arena.sandbox, access_token, '/users/@me/guilds?limit=201');
    assert.deepEqual([wrong.status, wrong.body['code']], [400, 50035]);
  }
});

test('/users/@me/guilds/{id}/member is the member, in their own guilds alone', async () => {
  await using arena = await startOAuthArena();
  const { access_token } = await tokenFor(arena, 'guilds.members.read', 'moderator');
  const read = (id: string) => asUser(arena.sandbox, access_token, `/users/@me/guilds/${id}/member`);
  const { status, body } = await read(arena.guild.id);
  assert.equal(status, 200);
  assert.equal((body['user'] as { id: string }).id, memberOf(arena.guild, 'moderator'));
  assert.equal((body['roles'] as string[]).length, 1);
  const [, other] = await arena.client.guilds({ limit: 2 });
  for (const id of [other?.id ?? '', '1']) {
    const refused = await read(id);
    assert.deepEqual([refused.status, refused.body['code']], [404, 10004], id);
  }
});

test('a token opens what its scopes name, and nothing of the bot’s', async () => {
  await using arena = await startOAuthArena();
  const opens: [string, string, number][] = [
    ['identify', '/users/@me', 200],
    ['identify', '/users/@me/guilds', 401],
    ['identify', `/users/@me/guilds/${arena.guild.id}/member`, 401],
    ['guilds', '/users/@me', 401],
    ['guilds', '/users/@me/guilds', 200],
    ['guilds', `/users/@me/guilds/${arena.guild.id}/member`, 401],
    ['email', '/users/@me', 401],
    ['guilds.members.read', '/oauth2/@me', 200],
    ['identify guilds', '/applications/@me', 401],
    ['identify guilds', '/oauth2/applications/@me', 401],
    ['identify guilds', `/guilds/${arena.guild.id}`, 401],
    ['identify guilds', '/gateway/bot', 401],
  ];
  for (const [scope, path, status] of opens) {
    const { access_token } = await tokenFor(arena, scope);
    assert.equal((await asUser(arena.sandbox, access_token, path)).status, status, `${scope} ${path}`);
  }
  for (const token of ['', 'unknown', arena.sandbox.token]) {
    const { status, body } = await asUser(arena.sandbox, token, '/users/@me');
    assert.deepEqual([status, body], [401, { message: '401: Unauthorized', code: 0 }]);
  }
});

test('a bot’s token opens neither an authorization nor a person’s membership', async () => {
  await using arena = await startOAuthArena();
  const { restUrl, token } = arena.sandbox;
  const init = { headers: { authorization: `Bot ${token}` } };
  assert.equal((await json(`${restUrl}/v10/oauth2/@me`, init)).status, 401);
  const member = await json(`${restUrl}/v10/users/@me/guilds/${arena.guild.id}/member`, init);
  assert.deepEqual([member.status, member.body['code']], [403, 20001]);
});

test('people’s rate limits are their own', async () => {
  await using arena = await startOAuthArena({
    limits: { routes: { 'GET /users/@me': { requests: 1, perMs: 60_000 } } },
  });
  const one = await tokenFor(arena, 'identify', 'owner');
  const two = await tokenFor(arena, 'identify', 'member');
  const first = await asUser(arena.sandbox, one.access_token, '/users/@me');
  assert.equal(first.headers.get('x-ratelimit-remaining'), '0');
  assert.equal((await asUser(arena.sandbox, one.access_token, '/users/@me')).status, 429);
  assert.equal((await asUser(arena.sandbox, two.access_token, '/users/@me')).status, 200);
});

test('@discordjs/core exchanges, refreshes, reads and revokes', async () => {
  await using arena = await startOAuthArena();
  const { sandbox } = arena;
  await using bot = makeBot(sandbox);
  const code = await codeFor(arena, { scope: 'identify guilds guilds.members.read' });
  const client = { client_id: sandbox.applicationId, client_secret: sandbox.clientSecret };
  const exchanged = await bot.api.oauth2.tokenExchange({
    ...client,
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
  });
  const { refresh_token } = exchanged;
  const tokens = await bot.api.oauth2.refreshToken({ ...client, grant_type: 'refresh_token', refresh_token });
  const application = await bot.api.oauth2.getCurrentBotApplicationInformation();
  assert.deepEqual([application.id, application.redirect_uris], [sandbox.applicationId, [redirectUri]]);

  const rest = new REST({ version: '10', api: sandbox.restUrl, authPrefix: 'Bearer' }).setToken(
    tokens.access_token,
  );
  const person = new API(rest);
  const authorization = await person.oauth2.getCurrentAuthorizationInformation();
  assert.deepEqual(authorization.scopes, ['identify', 'guilds', 'guilds.members.read']);
  assert.equal(authorization.user?.id, memberOf(arena.guild, 'member'));
  assert.ok(Date.parse(authorization.expires) > Date.now());
  const [guild] = await person.users.getGuilds();
  const { user } = await person.users.getGuildMember(guild?.id ?? '');
  assert.equal(user.id, authorization.user?.id);

  const token = tokens.access_token;
  await bot.api.oauth2.revokeToken(sandbox.applicationId, sandbox.clientSecret, { token });
  await assert.rejects(person.users.getCurrent(), { status: 401 });
  rest.clearHashSweeper();
  rest.clearHandlerSweeper();
});

test('a round trip over HTTP: page, form, redirect, application', async (t) => {
  const application = createServer((request, response) => response.end(request.url)).listen(0, '127.0.0.1');
  t.after(() => application.close());
  await once(application, 'listening');
  const callback = `http://127.0.0.1:${(application.address() as AddressInfo).port}/callback`;
  await using arena = await startOAuthArena({ redirectUris: [callback] });
  const address = authorizeAddress(arena.sandbox, { redirect_uri: callback, state: 'mine' });
  const page = await (await fetch(address)).text();
  const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const [, user_id = ''] = /name="user_id" value="(\d+)"/.exec(page) ?? [];
  const sent = await submit(new URL(action, address).href, { decision: 'authorize', user_id });
  const arrived = await (await fetch(sent.headers.get('location') ?? '')).text();
  assert.match(arrived, /^\/callback\?code=[\w-]{32}&state=mine&iss=https%3A%2F%2Fdiscord\.com$/);
});
