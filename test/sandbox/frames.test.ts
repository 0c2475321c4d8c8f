import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { eventually } from '../helpers/eventually.ts';
import { startArena } from './arena.ts';
import { connectRaw, identify, resume } from './raw-client.ts';

type Ready = { readonly session_id: string; readonly resume_gateway_url: string };

const bad = 'wrong-token';
const refused: readonly {
  name: string;
  code: number;
  query?: string;
  frames: readonly (object | string | Buffer)[];
}[] = [
  { name: 'no JSON', code: 4002, frames: ['{'] },
  { name: 'JSON that is no payload', code: 4002, frames: ['[]'] },
  { name: 'an op that is no integer', code: 4002, frames: [{ op: '2' }] },
  { name: 'a binary frame', code: 4002, frames: [Buffer.from('{"op":1,"d":null}')] },
  { name: 'more than 4,096 bytes', code: 4002, frames: [JSON.stringify({ op: 1, d: 'x'.repeat(4_096) })] },
  { name: 'an unknown opcode', code: 4001, frames: [{ op: 99, d: null }] },
  { name: 'an opcode of the server', code: 4001, frames: [{ op: 10, d: null }] },
  { name: 'a presence before IDENTIFY', code: 4003, frames: [{ op: 3, d: {} }] },
  { name: 'IDENTIFY without data', code: 4002, frames: [{ op: 2 }] },
  { name: 'IDENTIFY with a wrong token', code: 4004, frames: [identify(bad)] },
  { name: 'RESUME with a wrong token', code: 4004, frames: [resume(bad, 'x', 1)] },
  { name: 'RESUME without a sequence', code: 4002, frames: [{ op: 6, d: { token: bad, session_id: 'x' } }] },
  { name: 'another version', code: 4012, query: '?v=6&encoding=json', frames: [] },
];

for (const { name, code, query, frames } of refused) {
  test(`${name} is closed with ${code}`, async () => {
    await using arena = await startArena();
    using client = await connectRaw(arena.sandbox.gatewayUrl, query);
    for (const frame of frames) {
      client.socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
    }
    assert.equal(await client.closed, code);
    using other = await connectRaw(arena.sandbox.gatewayUrl);
    await other.next(10);
  });
}

const badIdentifies = [
  { name: 'shard 2 of 2', code: 4010, fields: { shard: [2, 2] } },
  { name: 'a shard that is no pair', code: 4010, fields: { shard: [0] } },
  { name: 'no intents', code: 4013, fields: { intents: undefined } },
  { name: 'intents that do not exist', code: 4013, fields: { intents: 1 << 30 } },
  { name: 'a privileged intent that was not granted', code: 4014, fields: { intents: 1 << 15 } },
];

for (const { name, code, fields } of badIdentifies) {
  test(`IDENTIFY with ${name} is closed with ${code}`, async () => {
    await using arena = await startArena({ intentsStrict: true });
    using client = await connectRaw(arena.sandbox.gatewayUrl);
    client.send(identify(arena.sandbox.token, fields));
    assert.equal(await client.closed, code);
  });
}

test('a second IDENTIFY on one connection is closed with 4005', async () => {
  await using arena = await startArena();
  using client = await connectRaw(arena.sandbox.gatewayUrl);
  client.send(identify(arena.sandbox.token));
  client.send(identify(arena.sandbox.token));
  assert.equal(await client.closed, 4005);
});

test('what is no event has a null sequence and a null name; a heartbeat is acknowledged', async () => {
  await using arena = await startArena();
  using client = await connectRaw(arena.sandbox.gatewayUrl);
  assert.deepEqual(await client.next(10), { t: null, s: null, op: 10, d: { heartbeat_interval: 41_250 } });
  client.send({ op: 1, d: null });
  assert.deepEqual(await client.next(11), { t: null, s: null, op: 11, d: null });
});

test('a client that stops its heartbeats is closed with 4009 and its session ends', async () => {
  await using arena = await startArena({ timing: { heartbeatIntervalMs: 1_000 } });
  using client = await connectRaw(arena.sandbox.gatewayUrl);
  client.send(identify(arena.sandbox.token));
  await client.next('READY');
  assert.equal(await client.closed, 4009);
  assert.deepEqual((await arena.client.sessions()).sessions, []);
});

test('an IDENTIFY before its bucket opens gets op 9 and is recorded, one of another bucket passes', async () => {
  await using arena = await startArena({ maxConcurrency: 2 });
  const { token, gatewayUrl } = arena.sandbox;
  using first = await connectRaw(gatewayUrl);
  using tooEarly = await connectRaw(gatewayUrl);
  using other = await connectRaw(gatewayUrl);
  first.send(identify(token, { shard: [0, 4] }));
  await first.next('READY');
  tooEarly.send(identify(token, { shard: [2, 4] }));
  assert.equal((await tooEarly.next(9)).d, false);
  other.send(identify(token, { shard: [1, 4] }));
  await other.next('READY');
  const { violations, identifies } = await arena.client.sessions();
  assert.deepEqual(
    violations.map(({ shardId, bucket }) => ({ shardId, bucket })),
    [{ shardId: 2, bucket: 0 }],
  );
  assert.equal(identifies, 2);
});

test('a session closed with 1000 cannot be resumed, one closed with 4200 can', async () => {
  await using arena = await startArena({ timing: { identifyWindowMs: 0 } });
  const { token } = arena.sandbox;
  for (const { code, answer } of [
    { code: 1000, answer: 9 },
    { code: 4200, answer: 'RESUMED' },
  ]) {
    using client = await connectRaw(arena.sandbox.gatewayUrl);
    client.send(identify(token));
    const ready = await client.next('READY');
    const { session_id, resume_gateway_url } = ready.d as Ready;
    client.socket.close(code);
    await client.closed;
    using successor = await connectRaw(resume_gateway_url);
    successor.send(resume(token, session_id, ready.s));
    await successor.next(answer);
  }
});

test('a session is forgotten when its lifetime is over, and a sequence from the future is closed with 4007', async () => {
  await using arena = await startArena({ timing: { sessionLifetimeMs: 0, identifyWindowMs: 0 } });
  const { token, gatewayUrl } = arena.sandbox;
  using client = await connectRaw(gatewayUrl);
  client.send(identify(token));
  const { session_id } = (await client.next('READY')).d as Ready;
  using ahead = await connectRaw(gatewayUrl);
  ahead.send(resume(token, session_id, 1_000));
  assert.equal(await ahead.closed, 4007);
  client.socket.terminate();
  await eventually(
    'the end of the session',
    async () => (await arena.client.sessions()).sessions.length === 0,
  );
  using late = await connectRaw(gatewayUrl);
  late.send(resume(token, session_id, 1));
  assert.equal((await late.next(9)).d, false);
});

test('a RESUME closes the older socket of its session, which then goes on over the new one', async () => {
  await using arena = await startArena();
  const { token, gatewayUrl } = arena.sandbox;
  using older = await connectRaw(gatewayUrl);
  older.send(identify(token));
  const ready = await older.next('READY');
  using newer = await connectRaw(gatewayUrl);
  newer.send(resume(token, (ready.d as Ready).session_id, ready.s));
  await newer.next('RESUMED');
  assert.equal(await older.closed, 4000);
  await arena.client.dispatch(arena.guild.id, 'GUILD_UPDATE', {});
  await newer.next('GUILD_UPDATE');
  const { sessions } = await arena.client.sessions();
  assert.deepEqual(
    sessions.map(({ connected }) => connected),
    [true],
  );
});

test('a handshake that is refused or broken off harms nobody', async () => {
  await using arena = await startArena();
  const { port } = new URL(arena.sandbox.gatewayUrl);
  for (const path of ['//', '/?v=10&compress=zstd-stream', '/?v=10']) {
    const socket = connect(Number(port), '127.0.0.1');
    const upgrade = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ];
    socket.write([`GET ${path} HTTP/1.1`, 'Host: x', ...upgrade, '', ''].join('\r\n'));
    await once(socket, 'data');
    socket.resetAndDestroy();
  }
  using client = await connectRaw(arena.sandbox.gatewayUrl);
  await client.next(10);
});

test('an encoding or compression that the sandbox lacks is refused at the handshake', async () => {
  await using arena = await startArena();
  for (const query of ['?v=10&encoding=etf', '?v=10&encoding=json&compress=zstd-stream']) {
    using client = await connectRaw(arena.sandbox.gatewayUrl, query);
    await client.closed;
    assert.equal(client.socket.readyState, WebSocket.CLOSED);
    assert.deepEqual(client.frames, []);
  }
});

test('a refused client that keeps its half open keeps neither its socket nor the sandbox', async () => {
  const arena = await startArena();
  const { port } = new URL(arena.sandbox.gatewayUrl);
  const socket = connect({ host: '127.0.0.1', port: Number(port), allowHalfOpen: true });
  socket.write(
    'GET /?v=10&encoding=etf HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n' +
      'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 400 /);
  await arena[Symbol.asyncDispose]();
  socket.destroy();
});
