import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { eventually } from '../helpers/eventually.ts';
import { arbitraryFrame } from '../helpers/fuzz/frames.ts';
import { fuzz } from '../helpers/fuzz/fuzz.ts';
import { startArena } from './arena.ts';
import { connectRaw, identify, type RawClient } from './raw-client.ts';

const allowedCloses: ReadonlySet<number> = new Set([
  1002, 1007, 1009, 4001, 4002, 4003, 4004, 4005, 4007, 4010, 4013,
]);

test('no frame makes the gateway fail, and each close has one of Discord’s codes', async () => {
  await using arena = await startArena({ timing: { identifyWindowMs: 0, sessionLifetimeMs: 0 } });
  const { token, gatewayUrl } = arena.sandbox;
  // Few frames: a bad one ends the connection, and what follows it is not read.
  const frames = fc.array(arbitraryFrame(token, arena.guild.id), { minLength: 1, maxLength: 5 });
  await fuzz(fc.record({ identified: fc.boolean(), frames }), 350, async ({ identified, frames: sent }) => {
    using client = await connectRaw(gatewayUrl);
    if (identified) client.send(identify(token));
    for (const frame of sent) client.socket.send(frame);
    const code = await closeCodeOf(client);
    assert.ok(code === undefined || allowedCloses.has(code), `closed with ${code}`);
  });
  using client = await connectRaw(gatewayUrl);
  client.send(identify(token));
  await client.next('READY');
  await eventually(
    'the other sessions end',
    async () => (await arena.client.sessions()).sessions.length === 1,
  );
});

const upgrade = [
  'GET /?v=10&encoding=json HTTP/1.1',
  'Host: x',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${'A'.repeat(22)}==`,
].join('\r\n');

test('bytes that are no websocket frames, and sockets that end half-way, harm nobody', async () => {
  await using arena = await startArena();
  const { port } = new URL(arena.sandbox.gatewayUrl);
  const hostile = fc.record({
    head: fc.constantFrom('', 'GET', upgrade, `${upgrade}\r\n\r\n`, `${upgrade}\r\n\r\n`),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
    ending: fc.constantFrom('half-open', 'reset'),
  });
  await fuzz(hostile, 300, async ({ head, bytes, ending }) => {
    // It closes its half and listens on: the sandbox must close the other.
    const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(head);
    socket.write(bytes);
    if (ending === 'reset') socket.resetAndDestroy();
    else socket.end();
    if (!socket.closed) await once(socket.resume(), 'close', { signal: AbortSignal.timeout(5_000) });
  });
  using client = await connectRaw(arena.sandbox.gatewayUrl);
  client.send(identify(arena.sandbox.token));
  await client.next('READY');
});

/** The code, once the gateway has dealt with every frame; `undefined` if it goes on. */
async function closeCodeOf({ socket, closed }: RawClient): Promise<number | undefined> {
  const pong = once(socket, 'pong').then(() => undefined);
  socket.ping();
  const code = await Promise.race([closed, pong]);
  // The answer to the ping may come first where the close is on its way behind it.
  return socket.readyState === socket.OPEN ? code : closed;
}
