import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import { WebSocket } from 'ws';
import { eventually } from '../helpers/eventually.ts';
import { startArena, type Arena } from './arena.ts';
import { makeBot, type Bot } from './bot.ts';
import { readFeed } from './feed-reader.ts';
import { connectRaw, identify, resume, type RawClient } from './raw-client.ts';

const { MessageCreate, Ready, Resumed } = GatewayDispatchEvents;
const intents = GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages;
const ready = { identifyWindowMs: 0 };

type Begun = RawClient & { readonly sessionId: string; readonly resumeUrl: string };

async function begin({ sandbox }: Arena, shard = [0, 1]): Promise<Begun> {
  const client = await connectRaw(sandbox.gatewayUrl);
  client.send(identify(sandbox.token, { intents, shard }));
  const { session_id, resume_gateway_url } = (await client.next('READY')).d as Record<string, string>;
  // The guilds that follow are no concern of these tests.
  await client.next('GUILD_CREATE');
  return { ...client, sessionId: session_id ?? '', resumeUrl: resume_gateway_url ?? '' };
}

async function send({ client, guild }: Arena, ...ids: readonly string[]): Promise<void> {
  for (const id of ids) await client.dispatch(guild.id, MessageCreate, { id });
}

function received({ frames }: RawClient): unknown[] {
  return frames.filter(({ t }) => t === MessageCreate).map(({ d }) => (d as { id: string }).id);
}

function messages(bot: Bot): unknown[] {
  return bot.of(MessageCreate).map(({ d }) => (d as { id: string }).id);
}

test('latency holds up what the gateway sends, keeps its order, and ends', async () => {
  await using arena = await startArena({ guilds: 1 });
  using client = await begin(arena);
  await arena.client.switchOn({ kind: 'gateway-latency', ms: 200, jitter_ms: 100, count: 5 });
  const ids = ['1', '2', '3', '4', '5', '6', '7'];
  const startedAt = performance.now();
  await send(arena, ...ids);
  await eventually('the first', () => received(client).length > 0);
  assert.ok(performance.now() - startedAt >= 200);
  await eventually('all', () => received(client).length === ids.length);
  assert.deepEqual(received(client), ids);
  assert.deepEqual(await arena.client.faults(), []);
  await eventually('an answer that is not held up', async () => {
    const sentAt = performance.now();
    client.send({ op: 1, d: null });
    await client.next(11);
    return performance.now() - sentAt < 200;
  });
});

test('latency of one shard is not another’s', async () => {
  await using arena = await startArena({ guilds: 2, timing: ready });
  using slow = await begin(arena, [0, 2]);
  using quick = await begin(arena, [1, 2]);
  await arena.client.switchOn({ kind: 'gateway-latency', ms: 60_000, shard_ids: [0] });
  for (const client of [slow, quick]) client.send({ op: 1, d: null });
  await quick.next(11);
  assert.ok(!slow.frames.some(({ op }) => op === 11));
});

test('a frozen socket says nothing and hears nothing: a stock client gives it up, resumes and has missed nothing', async () => {
  await using arena = await startArena({ timing: { heartbeatIntervalMs: 300 } });
  await using bot = makeBot(arena.sandbox, { intents });
  await bot.connect();
  // It waits for the answer to its close frame, which comes with the thaw.
  const { affected } = await arena.client.switchOn({ kind: 'freeze', for_ms: 2_000 });
  assert.equal(affected, 1);
  await send(arena, '1', '2');
  assert.deepEqual(messages(bot), []);
  await eventually('the client resumes', () => bot.of(Resumed).length === 1);
  await eventually('what was missed', () => messages(bot).length === 2);
  await send(arena, '3');
  await eventually('what came after', () => messages(bot).length === 3);
  const { doubleOwners, identifies } = await arena.client.report();
  assert.deepEqual([doubleOwners, identifies], [[], 1]);
});

test('a socket that thaws goes on where it was', async () => {
  await using arena = await startArena();
  using client = await begin(arena);
  await arena.client.switchOn({ kind: 'freeze', for_ms: 3_000 });
  client.send({ op: 1, d: null });
  await send(arena, '1', '2');
  assert.deepEqual([received(client), client.frames.some(({ op }) => op === 11)], [[], false]);
  await client.next(11);
  await eventually('both', () => received(client).length === 2);
});

test('a half-open socket stays open, while its session waits for a RESUME', async () => {
  await using arena = await startArena();
  using client = await begin(arena);
  const { affected } = await arena.client.switchOn({ kind: 'drop-connections', half_open: true });
  assert.equal(affected, 1);
  assert.equal((await arena.client.sessions()).sessions[0]?.connected, false);
  client.send({ op: 1, d: null });
  await send(arena, '1');
  using again = await connectRaw(arena.sandbox.gatewayUrl);
  again.send(resume(arena.sandbox.token, client.sessionId, 1));
  await again.next('RESUMED');
  assert.deepEqual(received(again), ['1']);
  assert.equal(client.socket.readyState, WebSocket.OPEN);
  assert.ok(!client.frames.some(({ op, t }) => op === 11 || t === MessageCreate));
});

test('the connections of one shard are dropped, the others stay', async () => {
  await using arena = await startArena({ guilds: 2, timing: ready });
  using zero = await begin(arena, [0, 2]);
  using one = await begin(arena, [1, 2]);
  assert.equal((await arena.client.switchOn({ kind: 'drop-connections', shard_ids: [1] })).affected, 1);
  assert.equal(await one.closed, 1006);
  assert.equal(zero.socket.readyState, WebSocket.OPEN);
  assert.deepEqual(await arena.client.faults(), []);
});

test('the address for a RESUME is another, which alone may answer 503', async () => {
  await using arena = await startArena();
  const { gatewayUrl, token } = arena.sandbox;
  using client = await begin(arena);
  assert.notEqual(client.resumeUrl, gatewayUrl);
  const { fault } = await arena.client.switchOn({ kind: 'refuse-connections', host: 'resume' });
  assert.equal(await statusOf(client.resumeUrl), 503);
  using first = await connectRaw(gatewayUrl);
  await first.next(10);
  await arena.client.clearFault(fault.id);
  await arena.client.switchOn({ kind: 'refuse-connections', host: 'first' });
  assert.equal(await statusOf(gatewayUrl), 503);
  using again = await connectRaw(client.resumeUrl);
  again.send(resume(token, client.sessionId, 1));
  await again.next('RESUMED');
});

test('a stock client whose resume host is down identifies anew at the first address', async () => {
  await using arena = await startArena({ timing: ready });
  await using bot = makeBot(arena.sandbox, { intents });
  await bot.connect();
  await arena.client.switchOn({ kind: 'refuse-connections', host: 'resume' });
  await arena.client.dropConnections();
  // It keeps to one IDENTIFY in 5 s.
  await eventually('it is ready again', () => bot.of(Ready).length === 2, 20_000);
  const { identifies, resumes } = await arena.client.report();
  assert.deepEqual([identifies, resumes], [2, 0]);
});

test('HELLO, the answer to a heartbeat and that to a RESUME may be left out', async () => {
  await using arena = await startArena({ timing: { helloDelayMs: 0 } });
  const { gatewayUrl, token } = arena.sandbox;
  const client = await begin(arena);
  await arena.client.switchOn({ kind: 'no-heartbeat-ack', shard_ids: [0], count: 1 });
  client.send({ op: 1, d: 7 });
  client.send({ op: 1, d: 8 });
  await client.next(11);
  assert.equal(client.frames.filter(({ op }) => op === 11).length, 1);
  await arena.client.dropConnections();
  await arena.client.switchOn({ kind: 'no-hello', count: 1 });
  await arena.client.switchOn({ kind: 'no-resume', count: 1 });
  using silent = await connectRaw(gatewayUrl);
  silent.send(resume(token, client.sessionId, 1));
  silent.send({ op: 1, d: 1 });
  await silent.next(11);
  assert.deepEqual(
    silent.frames.map(({ op }) => op),
    [11],
  );
  assert.equal((await arena.client.report()).resumes, 0);
  using heard = await connectRaw(gatewayUrl);
  await heard.next(10);
  heard.send(resume(token, client.sessionId, 1));
  await heard.next('RESUMED');
});

test('a storm of op 7 makes a stock client resume again and again, until it ends', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox, { intents });
  await bot.connect();
  const { affected } = await arena.client.switchOn({ kind: 'reconnect', every_ms: 300, count: 3 });
  assert.equal(affected, 1);
  await eventually('the end of the storm', async () => (await arena.client.faults()).length === 0);
  await eventually('three RESUMEs', () => bot.of(Resumed).length === 3);
  assert.equal((await arena.client.report()).identifies, 1);
});

test('a storm of op 9 ends the sessions of its shards alone', async () => {
  await using arena = await startArena({ guilds: 2, timing: ready });
  using zero = await begin(arena, [0, 2]);
  using one = await begin(arena, [1, 2]);
  const { fault } = await arena.client.switchOn({
    kind: 'invalidate-sessions',
    resumable: false,
    every_ms: 100,
    shard_ids: [1],
  });
  for (let round = 0; round < 2; round += 1) {
    assert.equal((await one.next(9)).d, false);
    one.send(identify(arena.sandbox.token, { intents, shard: [1, 2] }));
  }
  await arena.client.clearFault(fault.id);
  assert.ok(!zero.frames.some(({ op }) => op === 9));
});

test('events may be dropped, doubled and out of order, and are right again after a RESUME', async () => {
  await using arena = await startArena();
  const client = await begin(arena);
  await arena.client.switchOn({ kind: 'drop-dispatch', count: 1 });
  await send(arena, '1', '2');
  await arena.client.switchOn({ kind: 'duplicate-dispatch', count: 1 });
  await send(arena, '3');
  await arena.client.switchOn({ kind: 'reorder-dispatch', count: 1 });
  await send(arena, '4', '5', '6');
  await eventually('the last', () => received(client).at(-1) === '6');
  assert.deepEqual(received(client), ['2', '3', '3', '5', '4', '6']);
  const sequences = client.frames.filter(({ t }) => t === MessageCreate).map(({ s }) => Number(s));
  const first = sequences[0] ?? 0;
  assert.deepEqual(
    sequences.map((each) => each - first),
    [0, 1, 1, 3, 2, 4],
  );
  await arena.client.dropConnections();
  using again = await connectRaw(arena.sandbox.gatewayUrl);
  again.send(resume(arena.sandbox.token, client.sessionId, first - 2));
  await again.next('RESUMED');
  assert.deepEqual(received(again), ['1', '2', '3', '4', '5', '6']);
});

test('the last event before a silence is not held back for ever', async () => {
  await using arena = await startArena();
  using client = await begin(arena);
  await arena.client.switchOn({ kind: 'reorder-dispatch' });
  const startedAt = performance.now();
  await send(arena, '1');
  await eventually('it comes', () => received(client).length === 1);
  assert.ok(performance.now() - startedAt >= 249);
});

test('a share of events is struck, the same with the same seed', async () => {
  const first = await survivors();
  assert.ok(first.length > 8 && first.length < 32, `${first.length} of 40`);
  assert.deepEqual(await survivors(), first);
});

async function survivors(): Promise<unknown[]> {
  await using arena = await startArena({ guilds: 1, seed: 3 });
  using client = await begin(arena);
  const { fault } = await arena.client.switchOn({ kind: 'drop-dispatch', share: 0.5 });
  await send(arena, ...Array.from({ length: 40 }, (_, index) => String(index)));
  await arena.client.clearFault(fault.id);
  await send(arena, 'last');
  await eventually('the last', () => received(client).at(-1) === 'last');
  return received(client);
}

test('with no identifies left a stock client does not begin, and does once there are', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox, { intents });
  const { fault } = await arena.client.switchOn({ kind: 'no-identifies-left', for_ms: 60_000 });
  await assert.rejects(bot.manager.connect(), /[Nn]ot enough sessions remaining/);
  await arena.client.clearFault(fault.id);
  await bot.manager.fetchGatewayInformation(true);
  await bot.connect();
  assert.equal(bot.of(Ready).length, 1);
});

test('an IDENTIFY without one left costs the token', async () => {
  await using arena = await startArena();
  await arena.client.switchOn({ kind: 'no-identifies-left' });
  using client = await connectRaw(arena.sandbox.gatewayUrl);
  client.send(identify(arena.sandbox.token));
  assert.equal(await client.closed, 4004);
});

test('what is switched on is listed, and the feed tells of both ends', async () => {
  await using arena = await startArena();
  using reader = await readFeed(arena.sandbox.controlUrl, '?kinds=fault');
  const { fault } = await arena.client.switchOn({ kind: 'freeze', for_ms: 60_000, shard_ids: [7] });
  const [listed, ...others] = await arena.client.faults();
  assert.deepEqual([listed?.id, listed?.settings, others], [fault.id, fault.settings, []]);
  assert.ok((listed?.endsInMs ?? 0) > 50_000);
  assert.equal(await arena.client.clearFaults(), 1);
  assert.deepEqual(await arena.client.faults(), []);
  await reader.until('fault', ({ on }) => !on);
  assert.deepEqual(
    reader.events.map((event) => event.kind === 'fault' && [event.faultId, event.fault, event.on]),
    [
      [fault.id, 'freeze', true],
      [fault.id, 'freeze', false],
    ],
  );
});

/** What an upgrade that is refused is answered. */
async function statusOf(url: string): Promise<number> {
  const socket = new WebSocket(`${url}/?v=10&encoding=json`);
  const [, { statusCode }] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  return statusCode;
}

test('a socket that two faults froze thaws with the second, and a half-open one with neither', async () => {
  await using arena = await startArena({ timing: ready });
  using client = await begin(arena);
  const first = await arena.client.switchOn({ kind: 'freeze' });
  const second = await arena.client.switchOn({ kind: 'freeze' });
  client.send({ op: 1, d: null });
  await arena.client.clearFault(first.fault.id);
  await send(arena, '1');
  const other = await begin(arena);
  assert.deepEqual(received(client), []);
  await arena.client.clearFault(second.fault.id);
  await client.next(11);
  await arena.client.switchOn({ kind: 'freeze' });
  await arena.client.switchOn({ kind: 'drop-connections', half_open: true });
  await send(arena, '2');
  await arena.client.clearFaults();
  const third = await begin(arena);
  await send(arena, '3');
  await eventually('what a live socket gets', () => received(third).length === 1);
  assert.deepEqual([received(client), received(other)], [['1'], []]);
  for (const each of [other, third]) each.socket.terminate();
});

test('a RESUME during the stream of guilds has the rest of them, though the older socket is stuck', async () => {
  await using arena = await startArena({ guilds: 60 });
  const { sandbox, client: control } = arena;
  const { fault } = await control.switchOn({ kind: 'gateway-latency', ms: 60_000, shard_ids: [0] });
  using stuck = await connectRaw(sandbox.gatewayUrl);
  await stuck.next(10);
  stuck.send(identify(sandbox.token, { intents }));
  const session = await eventually('its session', async () => (await control.sessions()).sessions[0]);
  await control.clearFault(fault.id);
  using client = await connectRaw(sandbox.gatewayUrl);
  await client.next(10);
  client.send(resume(sandbox.token, session.sessionId, 0));
  await eventually('all guilds', () => client.frames.filter(({ t }) => t === 'GUILD_CREATE').length === 60);
});
