import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { z } from 'zod';
import { Breakers } from '../../src/breaker/breaker.ts';
import { createCache } from '../../src/cache/cache.ts';
import { keys } from '../../src/redis/keys.ts';
import { closeRedis, connectRedis, type Redis } from '../../src/redis/redis.ts';
import { UpstreamHints } from '../../src/redis/upstream-hints.ts';
import type { Logger } from '../../src/telemetry/log.ts';
import { defineLookup, UpstreamError, Upstreams } from '../../src/upstream/upstream.ts';
import { eventually } from '../helpers/eventually.ts';
import { metricValue } from '../helpers/metric-value.ts';
import { patient } from '../helpers/patient.ts';
import { recordingLog } from '../helpers/recording-log.ts';
import { testRedis, type TestRedis } from '../helpers/servers.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { json, status, UpstreamServer } from '../helpers/upstream-server.ts';

const staleSec = 600;
const word = { schema: z.object({ word: z.string() }), freshSec: 60, staleSec };
const words = defineLookup({
  ...word,
  name: 'words',
  upstream: 'dictionary',
  request: (text: string) => ({ path: ['words', text] }),
});
const accounts = defineLookup({
  ...word,
  name: 'accounts',
  upstream: 'github',
  request: (login: string) => ({ path: ['users', login] }),
});

let servers: TestRedis;
let upstream: UpstreamServer;
let processes: { upstreams: Upstreams; redis: Redis; leave: () => Promise<void> }[] = [];

before(async () => {
  servers = await testRedis();
});
beforeEach(async () => {
  upstream = await UpstreamServer.start();
});
afterEach(async () => {
  await Promise.all(processes.map(({ leave }) => leave()));
  processes = [];
  await upstream[Symbol.asyncDispose]();
});
after(() => servers.stop());

/** One more process of the cluster. */
async function join(log: Logger = silentLog) {
  const url = servers.redisUrl;
  const redis = patient(await connectRedis({ url, role: 'cache', log: silentLog }));
  const breakers = new Breakers(silentLog);
  const cache = createCache({
    redis,
    url,
    breakers,
    log: silentLog,
    heartbeatMs: 100,
    leaseWaitMs: 10_000,
  });
  const { url: base } = upstream;
  const upstreams = new Upstreams({
    baseUrls: {
      'open-meteo-geocoding': base,
      'open-meteo': base,
      github: base,
      wikipedia: base,
      dictionary: base,
      rates: base,
    },
    githubToken: 'not_a_real_token',
    userAgent: 'a test',
    deadlineMs: 5_000,
    resetMs: 1_000,
    cache,
    breakers,
    hints: new UpstreamHints(redis, silentLog),
    lookups: [words, accounts],
    log,
  });
  await eventually('the cache hears', () => cache.heard);
  const leave = async () => {
    upstreams.stop();
    await cache.stop();
    breakers.stop();
    await closeRedis(redis);
  };
  const one = { upstreams, redis, leave };
  processes.push(one);
  return one;
}

const stored = (text: string) =>
  keys.cacheEntry('words', encodeURIComponent(JSON.stringify([null, ['words', text], null])));

/** As if it had been looked up a while ago: past its time, in Redis alone. */
async function age(redis: Redis, text: string): Promise<void> {
  await eventually('it is in Redis', async () => (await redis.exists(stored(text))) === 1);
  await redis.pexpire(stored(text), staleSec * 1_000 - 60_000);
}

test('a hundred who ask in two processes are one call, and so is what does not exist', async () => {
  const [one, two] = [await join(), await join()];
  upstream.answer = (request, response) =>
    request.url === '/words/ebb' ? status(404)(request, response) : json(response, { word: 'tide' });
  for (const [text, body] of [
    ['tide', { word: 'tide' }],
    ['ebb', undefined],
  ] as const) {
    const asked = Array.from({ length: 100 }, (_, index) =>
      (index % 2 ? one : two).upstreams.find(words, text),
    );
    for (const found of await Promise.all(asked)) assert.deepEqual([found.body, found.stale], [body, false]);
    assert.deepEqual((await one.upstreams.find(words, text)).body, body);
  }
  assert.deepEqual(
    upstream.requests.map(({ url }) => url),
    ['/words/tide', '/words/ebb'],
  );
});

test('while the service is away, what is known is served with its age, and nothing else is made up', async () => {
  const first = await join();
  const since = Date.now();
  await first.upstreams.find(words, 'flood');
  await age(first.redis, 'flood');
  const later = await join();
  upstream.answer = status(503);
  const found = await later.upstreams.find(words, 'flood');
  assert.deepEqual([found.body, found.stale], [{ word: 'tide' }, true]);
  assert.ok(found.atMs >= since && found.atMs <= Date.now());
  await assert.rejects(later.upstreams.find(words, 'unknown'), UpstreamError);
  for (let call = 0; call < 5; call++) await later.upstreams.find(words, `unknown ${call}`).catch(() => {});
  // Again where its second was over on the way: then it opens anew.
  await eventually('an open breaker calls nobody', async () => {
    const before = upstream.requests.length;
    await assert.rejects(later.upstreams.find(words, 'unknown'), { fault: 'held' });
    assert.deepEqual((await later.upstreams.find(words, 'flood')).stale, true);
    return upstream.requests.length === before;
  });
  upstream.answer = (_request, response) => json(response, { word: 'flood' });
  await eventually('it is asked again', async () => !(await later.upstreams.find(words, 'flood')).stale);
  assert.deepEqual((await later.upstreams.find(words, 'flood')).body, { word: 'flood' });
});

test('what was kept in another shape is asked for anew', async () => {
  const one = await join();
  await one.redis.set(stored('neap'), `1:1:${JSON.stringify({ term: 'neap' })}`, 'PX', 660_000);
  assert.deepEqual((await one.upstreams.find(words, 'neap')).body, { word: 'tide' });
});

async function refused(call: Promise<unknown>): Promise<void> {
  await assert.rejects(call, (error: Error) => {
    assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, /not_a_real_token/);
    return error instanceof UpstreamError && error.fault === 'refused';
  });
}

test('the key goes to GitHub alone, and is in no log line and no error', async () => {
  const { log, lines } = recordingLog();
  const one = await join(log);
  upstream.answer = status(401);
  await refused(one.upstreams.find(accounts, 'octocat'));
  await refused(one.upstreams.find(words, 'secret'));
  assert.deepEqual(
    upstream.requests.map(({ headers }) => headers.authorization),
    ['Bearer not_a_real_token', undefined],
  );
  assert.match(JSON.stringify(lines()), /refused/);
  assert.doesNotMatch(JSON.stringify(lines()), /not_a_real_token/);
});

function count(outcome: string): Promise<number> {
  return metricValue('shoal_upstream_requests_total', { upstream: 'dictionary', outcome });
}

test('what happened is counted', async () => {
  const one = await join();
  const before = [await count('answered'), await count('error')];
  await one.upstreams.find(words, 'spring');
  upstream.answer = status(500);
  await assert.rejects(one.upstreams.find(words, 'autumn'));
  assert.deepEqual(
    [await count('answered'), await count('error')],
    before.map((value) => value + 1),
  );
  assert.ok((await metricValue('shoal_upstream_seconds_count', { upstream: 'dictionary' })) >= 2);
});
