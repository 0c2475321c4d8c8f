import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../helpers/eventually.ts';
import { startArena, type Arena } from './arena.ts';
import { makeBot } from './bot.ts';

const me = '/users/@me';

function get({ sandbox }: Arena, path: string, token = sandbox.token): Promise<Response> {
  return fetch(`${sandbox.restUrl}/v10${path}`, { headers: { authorization: `Bot ${token}` } });
}

type Limited = { readonly message: string; readonly retry_after: number; readonly global: boolean };

test('a route tells its bucket, counts it down, and answers 429 when it is empty', async () => {
  await using arena = await startArena({
    limits: { routes: { [`GET ${me}`]: { requests: 2, perMs: 60_000 } } },
  });
  const first = await get(arena, me);
  assert.match(first.headers.get('x-ratelimit-bucket') ?? '', /^[0-9a-f]{32}$/);
  assert.match(first.headers.get('x-ratelimit-reset') ?? '', /^\d+\.\d{3}$/);
  const second = await get(arena, me);
  const last = await get(arena, me);
  const answers = [first, second, last];
  const told = (name: string) => answers.map(({ headers }) => headers.get(`x-ratelimit-${name}`));
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 429],
  );
  assert.deepEqual(told('limit'), ['2', '2', '2']);
  assert.deepEqual(told('remaining'), ['1', '0', '0']);
  assert.deepEqual(told('scope'), [null, null, 'user']);
  const { message, retry_after, global } = (await last.json()) as Limited;
  assert.deepEqual([message, global], ['You are being rate limited.', false]);
  assert.ok(retry_after > 50 && retry_after <= 60, `${retry_after}`);
  assert.equal((await get(arena, '/gateway/bot')).status, 200, 'another route has another bucket');
});

test('an empty bucket is full again after retry_after', async () => {
  await using arena = await startArena({
    limits: { routes: { [`GET ${me}`]: { requests: 1, perMs: 2_000 } } },
  });
  await get(arena, me);
  assert.equal((await get(arena, me)).status, 429);
  await eventually('the bucket is full again', async () => (await get(arena, me)).status === 200);
});

test('guilds further on in the path share a bucket', async () => {
  const limits = {
    routes: { 'GET /applications/:application/guilds/:guild/commands': { requests: 1, perMs: 60_000 } },
  };
  await using arena = await startArena({ limits });
  const [one, other] = await arena.client.guilds({ limit: 2 });
  const commands = (guildId = '') =>
    get(arena, `/applications/${arena.sandbox.applicationId}/guilds/${guildId}/commands`);
  assert.equal((await commands(one?.id)).status, 200);
  assert.equal((await commands(other?.id)).status, 429);
});

test('over all routes a bot has 50 requests a second; interactions are exempt', async () => {
  await using arena = await startArena({ limits: { globalPerSecond: 2 } });
  await using bot = makeBot(arena.sandbox, { globalRequestsPerSecond: Infinity });
  // By hand, since the client would wait and send again.
  const statuses: number[] = [];
  bot.onInteraction(async ({ id, token }) => {
    const url = `${arena.sandbox.restUrl}/v10/interactions/${id}/${token}/callback`;
    const headers = { 'content-type': 'application/json' };
    const body = '{"type":4,"data":{"content":"pong"}}';
    statuses.push((await fetch(url, { method: 'POST', headers, body })).status);
  });
  await bot.connect();
  await bot.api.applicationCommands.bulkOverwriteGlobalCommands(arena.sandbox.applicationId, [
    { name: 'ping', description: 'd' },
  ]);
  const refused = await eventually('a global 429', async () => {
    const answer = await get(arena, me);
    return answer.status === 429 && answer;
  });
  assert.equal(refused.headers.get('x-ratelimit-scope'), 'global');
  assert.equal(refused.headers.get('x-ratelimit-global'), 'true');
  const { retry_after, global } = (await refused.json()) as Limited;
  assert.equal(global, true);
  assert.ok(retry_after > 0 && retry_after <= 1, `${retry_after}`);
  const run = () => arena.client.runCommand({ guildId: arena.guild.id, command: 'ping' });
  await Promise.all([run(), run(), run(), run()]);
  await eventually('four answers', () => statuses.length === 4);
  assert.deepEqual(statuses, [204, 204, 204, 204]);
});

test('follow-ups have a bucket for each interaction', async () => {
  const statuses: number[] = [];
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  bot.onInteraction(async ({ id, token, application_id }, api) => {
    await api.interactions.reply(id, token, { content: 'pong' });
    for (let sent = 0; sent < 6; sent += 1) {
      const url = `${arena.sandbox.restUrl}/v10/webhooks/${application_id}/${token}`;
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url, { method: 'POST', headers, body: '{"content":"more"}' });
      statuses.push(answer.status);
    }
  });
  await bot.connect();
  await bot.api.applicationCommands.bulkOverwriteGlobalCommands(arena.sandbox.applicationId, [
    { name: 'ping', description: 'd' },
  ]);
  await arena.client.runCommand({ guildId: arena.guild.id, command: 'ping' });
  await eventually('six answers', () => statuses.length === 6);
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
});

test('too many invalid requests are a ban of the address, whoever asks for whatever', async () => {
  await using arena = await startArena({ limits: { invalidRequests: 2, invalidWindowMs: 60_000 } });
  const statuses: number[] = [];
  for (let sent = 0; sent < 3; sent += 1) statuses.push((await get(arena, me, 'wrong')).status);
  assert.deepEqual(statuses, [401, 401, 401]);
  const banned = await get(arena, me);
  assert.equal(banned.status, 429);
  assert.equal(banned.headers.get('via'), null, 'it does not come from the API');
  assert.ok(Number(banned.headers.get('retry-after')) > 0);
  assert.equal(await banned.text(), 'error code: 1015');
  assert.equal((await fetch(`${arena.sandbox.restUrl}/v10/gateway`)).status, 429);
});

test('a ban ends; what was not found never leads to one', async () => {
  await using arena = await startArena({ limits: { invalidRequests: 1, invalidWindowMs: 3_000 } });
  for (let sent = 0; sent < 4; sent += 1) assert.equal((await get(arena, '/nothing')).status, 404);
  assert.equal((await get(arena, me)).headers.get('via'), '1.1 google');
  await get(arena, me, 'wrong');
  await get(arena, me, 'wrong');
  assert.equal((await get(arena, me)).status, 429);
  await eventually('the ban is over', async () => (await get(arena, me)).status === 200);
});
