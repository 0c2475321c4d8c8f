import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { afterEach, beforeEach, test } from 'node:test';
import { z } from 'zod';
import { Breakers } from '../../src/breaker/breaker.ts';
import { UpstreamError, type UpstreamFault } from '../../src/upstream/errors.ts';
import { bodyMaxBytes } from '../../src/upstream/get-json.ts';
import { Service, type ServiceOptions } from '../../src/upstream/service.ts';
import { eventually } from '../helpers/eventually.ts';
import { silentLog } from '../helpers/silent-log.ts';
import { json, status, UpstreamServer } from '../helpers/upstream-server.ts';

const schema = z.object({ word: z.string() });
const request = { path: ['words', 'tide'] };

let upstream: UpstreamServer;
let breakers: Breakers;
let stop: AbortController;
/** What processes told each other, by `performance.now()`. */
let heldUntilMs: number;

beforeEach(async () => {
  upstream = await UpstreamServer.start();
  breakers = new Breakers(silentLog);
  stop = new AbortController();
  heldUntilMs = 0;
});
afterEach(async () => {
  breakers.stop();
  await upstream[Symbol.asyncDispose]();
});

function service(options: Partial<ServiceOptions> = {}): Service {
  return new Service({
    name: 'dictionary',
    baseUrl: upstream.url,
    headers: { 'user-agent': 'a test' },
    deadlineMs: 5_000,
    resetMs: 800,
    breakers,
    hints: {
      tell: async (_name, forMs) => void (heldUntilMs = performance.now() + forMs),
      heldMs: async () => Math.max(heldUntilMs - performance.now(), 0),
    },
    log: silentLog,
    stop: stop.signal,
    ...options,
  });
}

async function faultOf(call: Promise<unknown>): Promise<UpstreamFault> {
  const error: unknown = await call.then(
    () => assert.fail('there was an answer'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof UpstreamError, String(error));
  return error.fault;
}

const states = () => breakers.status().map(({ state }) => state);

/** Opens the breaker of `one`. */
async function fail(one: Service): Promise<void> {
  upstream.answer = status(503);
  for (let call = 0; call < 5; call++) assert.equal(await faultOf(one.get(request, schema)), 'error');
  assert.deepEqual(states(), ['open']);
}

test('an answer is checked and stripped; there being none is an answer too', async () => {
  const one = service();
  upstream.answer = (_request, response) => json(response, { word: 'tide', more: 'than is asked for' });
  assert.deepEqual(await one.get({ ...request, search: { q: 'a b&c' } }, schema), { word: 'tide' });
  assert.deepEqual(
    [upstream.requests[0]?.url, upstream.requests[0]?.headers['user-agent']],
    ['/words/tide?q=a+b%26c', 'a test'],
  );
  for (const code of [404, 410, 451]) {
    upstream.answer = status(code);
    assert.equal(await one.get(request, schema), null);
  }
  assert.equal(await one.get({ path: ['words', '..'] }, schema), null);
  assert.equal(upstream.requests.length, 4);
});

const failures: readonly (readonly [string, UpstreamFault, RequestListener])[] = [
  ['a 500', 'error', status(500)],
  ['a 429', 'limited', status(429)],
  [
    'a 403 of GitHub whose hour is used up',
    'limited',
    status(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }),
  ],
  ['a connection that breaks', 'unreachable', (incoming) => incoming.socket.resetAndDestroy()],
  ['a page instead of JSON', 'bad_body', (_request, response) => response.end('<!doctype html>')],
  ['another shape', 'bad_body', (_request, response) => json(response, [{ version: 99 }])],
  ['a body without end', 'bad_body', (_request, response) => pour(response)],
  ['a redirect without end', 'bad_body', status(302, { location: '/words/again' })],
  ['a redirect to another scheme', 'bad_body', status(302, { location: 'file:///etc/passwd' })],
  ['a redirect to nowhere', 'bad_body', status(302, { location: 'http://' })],
  ['no answer', 'timeout', () => {}],
  ['half an answer', 'timeout', (_request, response) => response.write('{"word":')],
];
for (const [what, fault, answer] of failures) {
  test(`${what} is a failure that the breaker counts, and leaves no open socket`, async () => {
    // Short only where it is waited for: a busy machine takes its time for the others.
    const one = service({ deadlineMs: fault === 'timeout' ? 150 : 5_000, resetMs: 60_000 });
    upstream.answer = answer;
    for (let call = 0; call < 5; call++) assert.equal(await faultOf(one.get(request, schema)), fault);
    assert.deepEqual(states(), ['open']);
    if (fault === 'timeout' || what === 'a body without end')
      await eventually('its sockets are closed', () => {
        // A deadline may be over before its call gets there.
        const { cutOff, requests } = upstream;
        return cutOff > 0 && cutOff === requests.length;
      });
  });
}

/** As fast as it is read, and no faster. */
function pour(response: Parameters<RequestListener>[1]): void {
  const chunk = 'x'.repeat(bodyMaxBytes / 8);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

test('a redirect is followed on the same host, and nowhere else', async () => {
  await using inner = await UpstreamServer.start();
  const one = service();
  upstream.answer = (incoming, response) =>
    incoming.url === '/words/tide'
      ? status(301, { location: '/words/Tide' })(incoming, response)
      : json(response, { word: 'Tide' });
  assert.deepEqual(await one.get(request, schema), { word: 'Tide' });
  upstream.answer = status(302, { location: `${inner.url}/latest/meta-data` });
  assert.equal(await faultOf(one.get(request, schema)), 'bad_body');
  assert.equal(inner.requests.length, 0);
});

test('any other 4xx says that the service is well: the breaker stays closed', async () => {
  const one = service();
  for (const code of [400, 401, 403, 422, 404, 400, 401, 403, 422, 404]) {
    upstream.answer = status(code);
    if (code === 404) assert.equal(await one.get(request, schema), null);
    else assert.equal(await faultOf(one.get(request, schema)), 'refused');
  }
  assert.deepEqual(states(), ['closed']);
  assert.equal(upstream.requests.length, 10);
});

test('it opens, spares the calls, lets one through, and closes', async () => {
  const one = service();
  await fail(one);
  assert.equal(await faultOf(one.get(request, schema)), 'held');
  assert.equal(upstream.requests.length, 5);
  await eventually('it is half open', () => states()[0] === 'half-open');
  assert.equal(await faultOf(one.get(request, schema)), 'error');
  assert.deepEqual([states(), upstream.requests.length], [['open'], 6]);
  await eventually('it is half open again', () => states()[0] === 'half-open');
  upstream.answer = (_request, response) => json(response, { word: 'tide' });
  const both = await Promise.allSettled([one.get(request, schema), one.get(request, schema)]);
  assert.deepEqual(
    both.map((outcome) => outcome.status),
    ['fulfilled', 'rejected'],
    'a single probe',
  );
  assert.deepEqual(await one.get(request, schema), { word: 'tide' });
  assert.deepEqual([states(), upstream.requests.length], [['closed'], 8]);
});

test('it is not called again before Retry-After, and then is', async () => {
  const one = service({ hints: { tell: async () => {}, heldMs: async () => 0 } });
  upstream.answer = status(429, { 'retry-after': '1' });
  assert.equal(await faultOf(one.get(request, schema)), 'limited');
  const limitedMs = performance.now();
  upstream.answer = (_request, response) => json(response, { word: 'tide' });
  assert.equal(await faultOf(one.get(request, schema)), 'held');
  assert.equal(upstream.requests.length, 1);
  await eventually('it may be called again', () => one.get(request, schema));
  assert.ok(performance.now() - limitedMs >= 990);
  assert.deepEqual([states(), upstream.requests.length], [['closed'], 2]);
});

test('another process takes the hint, unless it had an answer itself lately', async () => {
  const [one, other, well] = ['one', 'other', 'well'].map((name) => {
    const own = new Breakers(silentLog);
    return { name, own, service: service({ breakers: own }) };
  });
  assert.ok(one && other && well);
  await well.service.get(request, schema);
  upstream.answer = status(503);
  for (let call = 0; call < 5; call++) await faultOf(one.service.get(request, schema));
  upstream.answer = (_request, response) => json(response, { word: 'tide' });
  const before = upstream.requests.length;
  assert.equal(await faultOf(other.service.get(request, schema)), 'held');
  assert.equal(upstream.requests.length, before);
  assert.deepEqual(await well.service.get(request, schema), { word: 'tide' });
  await eventually('the hint is over', () => other.service.get(request, schema));
  for (const { own } of [one, other, well]) own.stop();
});

test('the end of the process closes its sockets', async () => {
  const one = service();
  upstream.answer = () => {};
  const call = one.get(request, schema);
  await eventually('it is called', () => upstream.requests.length === 1);
  stop.abort();
  assert.equal(await faultOf(call), 'unreachable');
  await eventually('its socket is closed', () => upstream.cutOff === 1);
});
