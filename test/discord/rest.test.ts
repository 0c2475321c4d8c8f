import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { createDiscordRest, type RestGate } from '../../src/discord/discord.ts';
import { routeClass } from '../../src/discord/route-class.ts';
import { metricValue } from '../helpers/metric-value.ts';

interface Stub extends AsyncDisposable {
  readonly apiUrl: string;
  /** Method, path and scheme of Authorization of each request. */
  readonly requests: string[];
}

/** Answers every request with `status`. */
async function answering(status: number, headers: Readonly<Record<string, string>> = {}): Promise<Stub> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization?.split(' ')[0] ?? '-'}`);
    request.resume();
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ message: 'as told', code: 0 }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Lets everything pass after `waitMs`, and writes down what it was told. */
function noting(waitMs = 0, near = false): { readonly gate: RestGate; readonly told: unknown[] } {
  const told: unknown[] = [];
  const gate: RestGate = {
    async admit(signal) {
      told.push('asked');
      await delay(waitMs, undefined, { signal });
      return () => told.push('answered');
    },
    banIsNear: () => near,
    invalid: (status) => told.push(status),
  };
  return { gate, told };
}

const token = 'not.a-real.token';
const snowflake = '100000000000000001';

function succeeded(route: string): Promise<number> {
  return metricValue('shoal_rest_request_seconds_count', { route, status: '2xx' });
}

function limited(scope: string): Promise<number> {
  return metricValue('shoal_rest_rate_limited_total', { route: 'user', scope });
}

describe('a REST client that shares its limits', { concurrency: true }, () => {
  test('a call of the bot passes the gate; interactions and webhooks go by their own token', async () => {
    await using discord = await answering(200);
    const { gate, told } = noting();
    const { api } = createDiscordRest({ token, apiUrl: discord.apiUrl, onUnauthorized: () => {}, gate });
    await api.interactions.reply(snowflake, 'interaction-token', { content: 'hi' });
    await api.interactions.editReply(snowflake, 'interaction-token', { content: 'hi' });
    await api.interactions.followUp(snowflake, 'interaction-token', { content: 'hi' });
    await api.interactions.deleteReply(snowflake, 'interaction-token');
    await api.webhooks.execute(snowflake, 'webhook-token', { content: 'hi', wait: true });
    assert.deepEqual(told, []);
    assert.ok(
      discord.requests.every((line) => line.endsWith(' -')),
      discord.requests.join('\n'),
    );
    await api.users.getCurrent();
    assert.deepEqual(told, ['asked', 'answered']);
    assert.ok((await succeeded('callback')) > 0);
    assert.ok((await succeeded('webhook')) > 3);
  });

  test('each call belongs to a class of routes, whatever ids and tokens it has', () => {
    const api = 'http://127.0.0.1:1/api/v10';
    for (const [path, expected] of [
      [`/interactions/${snowflake}/aToken/callback`, 'callback'],
      [`/webhooks/${snowflake}/aToken/messages/%40original`, 'webhook'],
      [`/channels/${snowflake}/messages/${snowflake}`, 'message'],
      [`/channels/${snowflake}`, 'channel'],
      [`/guilds/${snowflake}/members/${snowflake}`, 'guild'],
      ['/users/@me', 'user'],
      [`/applications/${snowflake}/commands`, 'commands'],
      [`/applications/${snowflake}/guilds/${snowflake}/commands`, 'commands'],
      ['/applications/@me', 'application'],
      ['/gateway/bot?x=1', 'gateway'],
      ['/voice/regions', 'other'],
    ])
      assert.equal(routeClass(`${api}${path}`), expected, path);
  });

  test('a 401 to another token says nothing of ours, a 401 to ours is told each time and the token kept', async () => {
    await using discord = await answering(401);
    const { gate, told } = noting();
    let unauthorized = 0;
    const onUnauthorized = () => (unauthorized += 1);
    const { api, rest } = createDiscordRest({ token, apiUrl: discord.apiUrl, onUnauthorized, gate });
    await assert.rejects(
      api.interactions.reply(snowflake, 'interaction-token', { content: 'hi' }),
      /as told/,
    );
    await assert.rejects(api.webhooks.execute(snowflake, 'webhook-token', { content: 'hi' }), /as told/);
    await assert.rejects(rest.get('/users/@me', { authPrefix: 'Bearer', headers: {} }), /as told/);
    assert.equal(unauthorized, 0);
    for (const calls of [1, 2]) {
      await assert.rejects(api.users.getCurrent(), /as told/);
      assert.equal(unauthorized, calls);
    }
    assert.equal(discord.requests.filter((line) => line.endsWith(' Bot')).length, 2);
    assert.deepEqual(told.filter((what) => what === 401).length, 5);
  });

  test('what counts towards the ban: 401, 403 and 429, but for a limit of others', async () => {
    const counted: unknown[] = [];
    for (const [status, scope] of [
      [403, 'user'],
      [404, 'user'],
      [429, 'user'],
      [429, 'shared'],
    ] as const) {
      await using discord = await answering(status, { 'x-ratelimit-scope': scope, 'retry-after': '0' });
      const { gate, told } = noting();
      const { api } = createDiscordRest({ token, apiUrl: discord.apiUrl, onUnauthorized: () => {}, gate });
      const signal = AbortSignal.timeout(300);
      await assert.rejects(api.users.getCurrent({ signal }));
      counted.push(`${status} ${scope}: ${told.some((what) => what === status)}`);
    }
    assert.ok((await limited('user')) > 0);
    assert.ok((await limited('shared')) > 0);
    assert.deepEqual(counted, ['403 user: true', '404 user: false', '429 user: true', '429 shared: false']);
  });

  test('near the ban a call fails with its reason, unsent; interactions and the gateway address are asked for', async () => {
    await using discord = await answering(200);
    const { gate, told } = noting(0, true);
    const { api } = createDiscordRest({ token, apiUrl: discord.apiUrl, onUnauthorized: () => {}, gate });
    await assert.rejects(api.users.getCurrent(), {
      name: 'RestHeldBack',
      method: 'GET',
      path: '/api/v10/users/@me',
      message: /^GET \/api\/v10\/users\/@me was not sent: too many calls were refused/,
    });
    assert.deepEqual([told, discord.requests], [[], []]);
    await api.interactions.reply(snowflake, 'interaction-token', { content: 'hi' });
    await api.gateway.getBot();
    assert.equal(discord.requests.length, 2);
  });

  test('a wait for the limit that is longer than the deadline of a request is neither aborted nor repeated', async () => {
    await using discord = await answering(200);
    const { gate, told } = noting(16_000);
    const { api } = createDiscordRest({ token, apiUrl: discord.apiUrl, onUnauthorized: () => {}, gate });
    await api.users.getCurrent();
    assert.deepEqual([told, discord.requests.length], [['asked', 'answered'], 1]);
  });

  test('an aborted call leaves the wait, unsent', async () => {
    await using discord = await answering(200);
    const { gate } = noting(60_000);
    const { api } = createDiscordRest({ token, apiUrl: discord.apiUrl, onUnauthorized: () => {}, gate });
    await assert.rejects(api.users.getCurrent({ signal: AbortSignal.timeout(50) }), /abort/i);
    assert.deepEqual(discord.requests, []);
  });
});
