import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FaultRequest } from '../../src/sandbox/client.ts';
import { upstreamNames, type UpstreamName } from '../../src/sandbox/upstream/upstream-names.ts';
import { eventually } from '../helpers/eventually.ts';
import { startArena } from './arena.ts';

const pathOf: Readonly<Record<UpstreamName, string>> = {
  'open-meteo-geocoding': '/v1/search?name=berlin',
  'open-meteo': '/v1/forecast?latitude=1&longitude=1',
  github: '/users/mira-codes',
  wikipedia: '/en/api/rest_v1/page/summary/Tide',
  dictionary: '/api/v2/entries/en/tide',
  rates: '/v6/latest/EUR',
};

type UpstreamFault = Omit<Extract<FaultRequest, { kind: 'upstream' }>, 'kind'>;

async function arenaWith(...faults: UpstreamFault[]) {
  const arena = await startArena();
  const { client } = arena;
  for (const fault of faults) await client.switchOn({ kind: 'upstream', ...fault });
  const ask = (upstream: UpstreamName, init: RequestInit = {}) =>
    fetch(`${arena.sandbox.upstreamUrl}/${upstream}${pathOf[upstream]}`, init);
  return {
    ask,
    client,
    /** How often each fault that is on has struck. */
    struck: async () => (await client.faults()).map(({ struck }) => struck),
    [Symbol.asyncDispose]: () => arena[Symbol.asyncDispose](),
  };
}

test('every upstream answers rightly as long as nothing is switched on', async () => {
  await using arena = await arenaWith();
  for (const upstream of upstreamNames) {
    const response = await arena.ask(upstream);
    assert.equal(response.status, 200, upstream);
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
    await response.json();
  }
});

test('status: the status that was set, with Retry-After where one was', async () => {
  await using arena = await arenaWith(
    { upstream: 'github', mode: 'status', status: 429, retry_after_s: 7 },
    { upstream: 'rates', mode: 'status' },
  );
  const limited = await arena.ask('github');
  assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '7']);
  const down = await arena.ask('rates');
  assert.deepEqual([down.status, down.headers.get('retry-after')], [503, null]);
  assert.equal((await arena.ask('dictionary')).status, 200);
});

test('slow: the right answer, late', async () => {
  await using arena = await arenaWith({ upstream: 'dictionary', mode: 'slow', delay_ms: 300 });
  const begun = performance.now();
  const response = await arena.ask('dictionary');
  assert.equal(response.status, 200);
  assert.ok(performance.now() - begun >= 299);
});

test('hang: nothing, for as long as the client waits', async () => {
  await using arena = await arenaWith({ upstream: 'wikipedia', mode: 'hang' });
  const signal = AbortSignal.timeout(200);
  await assert.rejects(arena.ask('wikipedia', { signal }), { name: 'TimeoutError' });
  assert.deepEqual(await arena.struck(), [1]);
});

test('reset: the connection breaks without an answer', async () => {
  await using arena = await arenaWith({ upstream: 'open-meteo', mode: 'reset' });
  const error = await arena.ask('open-meteo').then(
    () => assert.fail('answered'),
    (cause: unknown) => cause,
  );
  assert.match(
    String(((error as Error).cause as Error & { code?: string }).code),
    /ECONNRESET|UND_ERR_SOCKET/,
  );
  assert.equal((await arena.ask('rates')).status, 200);
});

test('not-json and wrong-shape: a success that is none', async () => {
  await using arena = await arenaWith(
    { upstream: 'github', mode: 'not-json' },
    { upstream: 'rates', mode: 'wrong-shape' },
  );
  const page = await arena.ask('github');
  assert.equal(page.status, 200);
  await assert.rejects(page.json(), { name: 'SyntaxError' });
  const shape = (await (await arena.ask('rates')).json()) as Record<string, unknown>;
  assert.equal(shape['rates'], undefined);
});

test('huge: more than anybody should read, and no more work once the client stops', async () => {
  await using arena = await arenaWith({ upstream: 'dictionary', mode: 'huge' });
  const all = await (await arena.ask('dictionary')).text();
  assert.ok(all.length > 60 * 2 ** 20);
  assert.equal(typeof JSON.parse(all), 'string');

  const before = process.memoryUsage().rss;
  const stopping = new AbortController();
  const responses = await Promise.all(
    Array.from({ length: 20 }, () => arena.ask('dictionary', { signal: stopping.signal })),
  );
  const first = await responses[0]?.body?.getReader().read();
  assert.ok(first?.value && first.value.length > 0);
  // Twenty whole answers would be 1.3 GB.
  assert.ok(process.memoryUsage().rss - before < 300 * 2 ** 20);
  stopping.abort();
  await eventually('an answer to somebody else', async () => (await arena.ask('rates')).ok);
});

test('a share of the requests fails, the same ones for the same seed', async () => {
  const seen = await statusesOfShare();
  const hit = seen.filter((status) => status === 503).length;
  assert.ok(hit > 5 && hit < 35, `${hit} of 60`);
  assert.deepEqual(await statusesOfShare(), seen);
});

test('a fault of a number of requests ends by itself, one without when it is cleared', async () => {
  await using arena = await arenaWith(
    { upstream: 'rates', mode: 'status', count: 2 },
    { upstream: 'github', mode: 'status' },
  );
  const statuses = [];
  for (let request = 0; request < 3; request += 1) statuses.push((await arena.ask('rates')).status);
  assert.deepEqual(statuses, [503, 503, 200]);
  assert.equal((await arena.ask('github')).status, 503);
  assert.deepEqual(await arena.struck(), [1]);
  await arena.client.clearFaults();
  assert.equal((await arena.ask('github')).status, 200);
});

test('a fault without an upstream is of all', async () => {
  await using arena = await arenaWith({ mode: 'status', status: 500 });
  for (const upstream of upstreamNames) assert.equal((await arena.ask(upstream)).status, 500, upstream);
});

test('a sandbox stops while an upstream hangs or streams', async () => {
  const arena = await arenaWith(
    { upstream: 'github', mode: 'hang' },
    { upstream: 'rates', mode: 'huge' },
    { upstream: 'dictionary', mode: 'slow', delay_ms: 60_000 },
  );
  const open = Promise.allSettled([arena.ask('github'), arena.ask('dictionary')]);
  const streaming = await arena.ask('rates');
  await eventually('all three are under way', async () => String(await arena.struck()) === '1,1,1');
  await arena[Symbol.asyncDispose]();
  assert.deepEqual(
    (await open).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  await assert.rejects(streaming.text());
});

async function statusesOfShare(): Promise<readonly number[]> {
  await using arena = await arenaWith({ upstream: 'rates', mode: 'status', share: 0.3 });
  const seen: number[] = [];
  for (let request = 0; request < 60; request += 1) seen.push((await arena.ask('rates')).status);
  return seen;
}
