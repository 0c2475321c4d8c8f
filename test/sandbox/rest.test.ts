import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startArena } from './arena.ts';

async function call(
  url: string,
  token?: string,
  init: { method?: string; body?: string } = {},
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const headers = token === undefined ? {} : { authorization: `Bot ${token}` };
  const response = await fetch(url, { ...init, headers });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text), headers: response.headers };
}

test('a wrong or missing token is 401 with code 0', async () => {
  await using arena = await startArena();
  for (const token of [undefined, 'wrong']) {
    const { status, body } = await call(`${arena.sandbox.restUrl}/v10/users/@me`, token);
    assert.equal(status, 401);
    assert.deepEqual(body, { message: '401: Unauthorized', code: 0 });
  }
});

test('an unknown route is 404 with code 0, wherever it is', async () => {
  await using arena = await startArena();
  for (const path of ['/v10/nothing', '/v10/applications/@me/nothing', '/v6/gateway', '']) {
    const { status, body } = await call(arena.sandbox.restUrl + path, arena.sandbox.token);
    assert.equal(status, 404, path);
    assert.deepEqual(body, { message: '404: Not Found', code: 0 });
  }
});

test('the gateway is named without a token, its limits with one', async () => {
  await using arena = await startArena({ shards: 3, maxConcurrency: 2 });
  const { restUrl, gatewayUrl, token } = arena.sandbox;
  assert.deepEqual((await call(`${restUrl}/v10/gateway`)).body, { url: gatewayUrl });
  assert.deepEqual((await call(`${restUrl}/v10/gateway/bot`, token)).body, {
    url: gatewayUrl,
    shards: 3,
    session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 2 },
  });
});

test('the current user and application are the token’s, percent-encoded or not', async () => {
  await using arena = await startArena();
  const { restUrl, token, applicationId } = arena.sandbox;
  for (const path of ['/users/@me', '/users/%40me', '/applications/@me', '/applications/%40me']) {
    const { body } = await call(`${restUrl}/v10${path}`, token);
    assert.equal((body as { id: string }).id, applicationId, path);
  }
});

test('a body that is no JSON is 400 with code 50109, one that is too large 413', async () => {
  await using arena = await startArena();
  const { restUrl, token, applicationId } = arena.sandbox;
  const url = `${restUrl}/v10/applications/${applicationId}/commands`;
  const broken = await call(url, token, { method: 'POST', body: '{' });
  assert.deepEqual([broken.status, (broken.body as { code: number }).code], [400, 50109]);
  const huge = await call(url, token, { method: 'POST', body: 'x'.repeat(26 * 2 ** 20) });
  assert.deepEqual([huge.status, (huge.body as { code: number }).code], [413, 40005]);
});

test('another application’s commands are out of reach, and so is a guild without the bot', async () => {
  await using arena = await startArena();
  const { restUrl, token, applicationId } = arena.sandbox;
  assert.equal((await call(`${restUrl}/v10/applications/1/commands`, token)).status, 403);
  const { status, body } = await call(
    `${restUrl}/v10/applications/${applicationId}/guilds/1/commands`,
    token,
  );
  assert.deepEqual([status, (body as { code: number }).code], [403, 50001]);
});

test('REST answers as late as the control API says', async () => {
  await using arena = await startArena();
  const url = `${arena.sandbox.restUrl}/v10/gateway`;
  await arena.client.delayRest(60_000);
  await assert.rejects(fetch(url, { signal: AbortSignal.timeout(100) }), { name: 'TimeoutError' });
  await arena.client.delayRest(0);
  assert.equal((await call(url)).status, 200);
});

test('the control API says what is wrong with a request', async () => {
  await using arena = await startArena();
  const post = (body: string) =>
    call(`${arena.sandbox.controlUrl}/commands`, undefined, { method: 'POST', body });
  assert.deepEqual((await post('{')).body, { error: 'the body must be JSON' });
  const { status, body } = await post('{"guild_id":"x","command":"ping"}');
  assert.equal(status, 400);
  assert.deepEqual(body, { error: 'guild_id: must be an id: digits only' });
});
