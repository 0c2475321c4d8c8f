import assert from 'node:assert/strict';
import { request } from 'node:http';
import { test } from 'node:test';
import { startArena } from './arena.ts';

type Answer = { readonly status: number; readonly body: string };

/** `fetch` does not let a Host through. */
function ask(method: string, address: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (piece: string) => (body += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject).end(method === 'POST' ? '{"resumable":true}' : undefined);
  });
}

test('a page of another site cannot use the control API', async () => {
  await using arena = await startArena();
  const act = `${arena.sandbox.controlUrl}/invalidate-sessions`;
  const refused = await ask('POST', act, { origin: 'https://elsewhere.example' });
  assert.equal(refused.status, 403);
  assert.match(refused.body, /not to the origin \\"https:\/\/elsewhere\.example\\"/);
  for (const origin of ['null', 'https://127.0.0.1.example', 'file://'])
    assert.equal((await ask('POST', act, { origin })).status, 403, origin);
  for (const origin of [new URL(act).origin, 'http://localhost:3000', 'http://[::1]'])
    assert.equal((await ask('POST', act, { origin })).status, 200, origin);
  assert.equal((await ask('POST', act, {})).status, 200, 'a program');
});

test('a name that was made to resolve to loopback opens nothing that a browser shows', async () => {
  await using arena = await startArena();
  const { pageUrl, controlUrl, authorizeUrl } = arena.sandbox;
  const addresses = [pageUrl, `${pageUrl}play`, `${pageUrl}play/`, `${controlUrl}/guilds`, authorizeUrl];
  for (const address of addresses) {
    const rebound = await ask('GET', address, { host: 'rebound.example:8080' });
    assert.equal(rebound.status, 403, address);
    assert.match(rebound.body, /not to the host \\"rebound\.example:8080\\"/);
    const named = await ask('GET', address, { host: `localhost:${new URL(address).port}` });
    assert.notEqual(named.status, 403, address);
  }
  const bot = await ask('GET', `${arena.sandbox.restUrl}/v10/gateway`, { host: 'discord.com' });
  assert.equal(bot.status, 200, 'bots come by any name');
});

test('the form of a page without a referrer is told by the browser', async () => {
  await using arena = await startArena();
  const form = { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' };
  const post = (headers: Readonly<Record<string, string>>) =>
    ask('POST', arena.sandbox.authorizeUrl, headers);
  assert.equal((await post({ ...form, 'sec-fetch-site': 'cross-site' })).status, 403);
  assert.equal(
    (await post({ ...form, 'sec-fetch-site': 'same-origin' })).status,
    400,
    'no application named',
  );
});

test('the control API takes no body without end', async () => {
  await using arena = await startArena();
  const body = JSON.stringify({ ms: 1, more: 'x'.repeat(25 * 2 ** 20) });
  const response = await fetch(`${arena.sandbox.controlUrl}/delay-rest`, { method: 'POST', body });
  assert.equal(response.status, 413);
  assert.deepEqual(await response.json(), { error: 'Request entity too large' });
});
