import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HTTPError, RateLimitError, REST } from '@discordjs/rest';
import type { FaultRequest } from '../../src/sandbox/client.ts';
import { eventually } from '../helpers/eventually.ts';
import { startArena, type Arena } from './arena.ts';
import { readFeed } from './feed-reader.ts';

const me = '/users/@me';
const route = `GET ${me}`;

/** discord.js's own REST client. Not by way of the judge: what a fault answers is no answer of the API's. */
function restOf(
  { sandbox }: Arena,
  options: { retries?: number; timeout?: number; rejectOnRateLimit?: () => boolean } = {},
): REST {
  return new REST({ api: apiOf(sandbox), retries: 0, ...options }).setToken(sandbox.token);
}

function apiOf({ controlUrl }: Arena['sandbox']): string {
  return controlUrl.replace(/sandbox$/, 'api');
}

function get({ sandbox }: Arena): Promise<Response> {
  return fetch(`${apiOf(sandbox)}/v10${me}`, { headers: { authorization: `Bot ${sandbox.token}` } });
}

const failing: readonly [string, FaultRequest, (error: unknown) => boolean][] = [
  [
    '5xx',
    { kind: 'rest-error', route, status: 503 },
    (error) => error instanceof HTTPError && error.status === 503,
  ],
  [
    'a page instead of JSON',
    { kind: 'rest-html', route },
    (error) => error instanceof HTTPError && error.status === 502,
  ],
  [
    'a reset connection',
    { kind: 'rest-reset', route },
    (error) =>
      (error as { code?: string }).code === 'ECONNRESET' ||
      /other side closed|ECONNRESET/.test(String(error)),
  ],
  ['a request that hangs', { kind: 'rest-hang', route }, (error) => (error as Error).name === 'AbortError'],
  [
    'a user’s limit',
    { kind: 'rest-limit', route, retry_after_ms: 50 },
    (error) => error instanceof RateLimitError && !error.global && error.scope === 'user',
  ],
  [
    'the global limit',
    { kind: 'rest-limit', route, scope: 'global', retry_after_ms: 50 },
    (error) => error instanceof RateLimitError && error.global,
  ],
  [
    'a shared limit',
    { kind: 'rest-limit', route, scope: 'shared', retry_after_ms: 50 },
    (error) => error instanceof RateLimitError && error.scope === 'shared',
  ],
];

for (const [what, fault, isIt] of failing) {
  test(`a stock client meets ${what}, on its route alone and until it ends`, async () => {
    await using arena = await startArena();
    const timeout = fault.kind === 'rest-hang' ? 200 : 10_000;
    const rest = restOf(arena, { timeout, rejectOnRateLimit: () => true });
    const { fault: set } = await arena.client.switchOn(fault);
    await assert.rejects(rest.get(me), isIt);
    // After a global limit the client itself holds everything back for a while.
    await eventually('another route', async () => (await rest.get('/gateway')) !== undefined);
    await arena.client.clearFault(set.id);
    await eventually('an answer', async () => (await rest.get(me)) !== undefined);
    rest.clearHandlerSweeper();
    rest.clearHashSweeper();
  });
}

test('a stock client waits for a limit that strikes once, and gets its answer', async () => {
  await using arena = await startArena();
  const rest = restOf(arena, { retries: 3 });
  await arena.client.switchOn({ kind: 'rest-limit', count: 1, retry_after_ms: 200 });
  const startedAt = performance.now();
  assert.equal(((await rest.get(me)) as { bot: boolean }).bot, true);
  assert.ok(performance.now() - startedAt >= 200);
  assert.deepEqual(await arena.client.faults(), []);
  assert.equal((await arena.client.report()).rateLimits.user, 1);
  rest.clearHandlerSweeper();
  rest.clearHashSweeper();
});

test('limits of a share of requests strike about that share, and the same ones with the same seed', async () => {
  const first = await statusesOfForty();
  const failed = first.filter((status) => status === 500).length;
  assert.ok(failed > 8 && failed < 32, `${failed} of 40`);
  assert.deepEqual(await statusesOfForty(), first);
});

test('latency holds every request up, until its time is over', async () => {
  await using arena = await startArena();
  await arena.client.switchOn({ kind: 'rest-latency', ms: 150, jitter_ms: 50, for_ms: 3_000 });
  const startedAt = performance.now();
  await get(arena);
  assert.ok(performance.now() - startedAt >= 149);
  await eventually('its end', async () => (await arena.client.faults()).length === 0);
  await arena.client.delayRest(60_000);
  assert.equal((await arena.client.faults())[0]?.settings.kind, 'rest-latency');
  await arena.client.delayRest(0);
  assert.deepEqual(await arena.client.faults(), []);
  assert.equal((await get(arena)).status, 200);
});

test('the ban of 10,000 invalid requests comes at once, and ends', async () => {
  await using arena = await startArena();
  await arena.client.switchOn({ kind: 'rest-ban' });
  const banned = await get(arena);
  assert.deepEqual([banned.status, await banned.text()], [429, 'error code: 1015']);
  assert.equal(await arena.client.clearFaults(), 1);
  assert.equal((await get(arena)).status, 200);
  assert.equal((await arena.client.report()).rateLimits.banned, 1);
});

test('shared limits do not lead to a ban, others do', async () => {
  await using arena = await startArena({ limits: { invalidRequests: 1 } });
  const { fault } = await arena.client.switchOn({ kind: 'rest-limit', scope: 'shared' });
  for (let sent = 0; sent < 3; sent += 1) assert.equal((await get(arena)).headers.get('via'), '1.1 google');
  await arena.client.clearFault(fault.id);
  await arena.client.switchOn({ kind: 'rest-limit', scope: 'user', count: 2 });
  for (let sent = 0; sent < 2; sent += 1) await get(arena);
  assert.equal((await get(arena)).headers.get('via'), null);
});

test('a skewed clock shows in ids, the Date header and resets, and is right again afterwards', async () => {
  await using arena = await startArena();
  const rest = restOf(arena);
  const channelId = arena.guild.channels[0]?.id ?? '';
  const aheadMs = async () => {
    const answer = await get(arena);
    const made = (await rest.post(`/channels/${channelId}/messages`, { body: { content: 'x' } })) as {
      id: string;
    };
    const clocks = [
      Number(BigInt(made.id) >> 22n) + 1_420_070_400_000,
      Date.parse(answer.headers.get('date') ?? ''),
      Number(answer.headers.get('x-ratelimit-reset')) * 1_000,
    ];
    return clocks.map((clock) => Math.round((clock - Date.now()) / 60_000) + 0);
  };
  assert.deepEqual(await aheadMs(), [0, 0, 0]);
  const { fault } = await arena.client.switchOn({ kind: 'clock-skew', ms: -600_000 });
  assert.deepEqual(await aheadMs(), [-10, -10, -10]);
  await arena.client.switchOn({ kind: 'clock-skew', ms: 1_200_000 });
  assert.deepEqual(await aheadMs(), [10, 10, 10]);
  await arena.client.clearFaults();
  assert.deepEqual(await aheadMs(), [0, 0, 0]);
  await assert.rejects(arena.client.clearFault(fault.id), /there is no fault 1; it may have ended by itself/);
  rest.clearHandlerSweeper();
  rest.clearHashSweeper();
});

test('a fault that makes no sense is refused', async () => {
  await using arena = await startArena();
  const set = (body: object) =>
    fetch(`${arena.sandbox.controlUrl}/faults`, { method: 'POST', body: JSON.stringify(body) });
  for (const wrong of [
    { kind: 'gossip' },
    { kind: 'rest-error', status: 200 },
    { kind: 'no-hello', shard_ids: [0] },
    { kind: 'rest-latency' },
  ])
    assert.equal((await set(wrong)).status, 400, JSON.stringify(wrong));
  assert.deepEqual(await arena.client.faults(), []);
});

async function statusesOfForty(): Promise<number[]> {
  await using arena = await startArena({ seed: 5, limits: { globalPerSecond: 1_000 } });
  await arena.client.switchOn({ kind: 'rest-error', route: '/users/*', share: 0.5 });
  const seen: number[] = [];
  for (let sent = 0; sent < 40; sent += 1) seen.push((await get(arena)).status);
  return seen;
}

test('a request without an answer is recorded as one', async () => {
  await using arena = await startArena();
  await arena.client.switchOn({ kind: 'rest-reset', count: 1 });
  using reader = await readFeed(arena.sandbox.controlUrl, '?kinds=rest');
  await assert.rejects(get(arena));
  const { method, status } = await reader.until('rest');
  assert.deepEqual([method, status, reader.events.length], ['GET', 0, 1]);
  assert.equal((await arena.client.report()).counts.serverErrors, 1);
});
