import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { pick, seededRandom } from '../../src/sandbox/world/random.ts';
import { eventually } from '../helpers/eventually.ts';
import { startArena } from './arena.ts';
import { connectRaw, identify, resume, type RawClient } from './raw-client.ts';

type Random = () => number;
type Valid = readonly [object, ...object[]];

/** A failure names its seed: put it here to see the same frames again. */
const seeds = Array.from({ length: 600 }, (_, seed) => seed);

const allowedCloses: ReadonlySet<number> = new Set([
  1002, 1007, 1009, 4001, 4002, 4003, 4004, 4005, 4007, 4010, 4013,
]);

test('no frame makes the gateway fail, and each close has one of Discord’s codes', async () => {
  await using arena = await startArena({ timing: { identifyWindowMs: 0, sessionLifetimeMs: 0 } });
  const { token, gatewayUrl } = arena.sandbox;
  const valid: Valid = [
    identify(token),
    identify(token, { shard: [1, 3], intents: 0, presence: { status: 'idle' } }),
    resume(token, 'x', 1),
    { op: 1, d: 5 },
    { op: 3, d: { since: null, activities: [{ name: 'chess', type: 0 }], status: 'idle', afk: false } },
    { op: 4, d: { guild_id: arena.guild.id, channel_id: null, self_mute: false, self_deaf: false } },
    { op: 8, d: { guild_id: arena.guild.id, query: '', limit: 0, user_ids: ['1'], nonce: 'n' } },
    { op: 31, d: { guild_ids: [arena.guild.id] } },
    { op: 43, d: { guild_id: arena.guild.id, fields: ['status'] } },
  ];
  for (const seed of seeds) {
    const random = seededRandom(seed);
    using client = await connectRaw(gatewayUrl);
    if (random() < 0.5) client.send(identify(token));
    // Few frames: a bad one ends the connection, and what follows it is not read.
    for (let left = 1 + Math.floor(random() * 5); left > 0; left -= 1)
      client.socket.send(randomFrame(random, valid));
    const code = await closeCodeOf(client);
    assert.ok(code === undefined || allowedCloses.has(code), `seed ${seed}: closed with ${code}`);
  }
  using client = await connectRaw(gatewayUrl);
  client.send(identify(token));
  await client.next('READY');
  await eventually(
    'the other sessions end',
    async () => (await arena.client.sessions()).sessions.length === 1,
  );
});

test('bytes that are no websocket frames harm nobody', async () => {
  await using arena = await startArena();
  const { port } = new URL(arena.sandbox.gatewayUrl);
  for (const seed of seeds) {
    const random = seededRandom(seed, 1);
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    const headers = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    const key = `Sec-WebSocket-Key: ${'A'.repeat(22)}==`;
    socket.write(['GET /?v=10 HTTP/1.1', 'Host: x', ...headers, key, '', ''].join('\r\n'));
    await once(socket, 'data');
    socket.write(randomBytes(random, 1 + Math.floor(random() * 300)));
    if (random() < 0.5) socket.resetAndDestroy();
    else socket.end();
    if (!socket.closed) await once(socket.resume(), 'close');
  }
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

function randomFrame(random: Random, valid: Valid): string | Buffer {
  const roll = random();
  if (roll < 0.06) return randomBytes(random, Math.floor(random() * 6_000));
  if (roll < 0.12) return JSON.stringify({ op: 1, d: 'x'.repeat(Math.floor(random() * 6_000)) });
  if (roll < 0.2) return JSON.stringify(randomValue(random, 3));
  if (roll < 0.3) return JSON.stringify({ op: Math.floor(random() * 50) - 2, d: randomValue(random, 3) });
  return JSON.stringify(random() < 0.5 ? pick(random, valid) : damaged(random, pick(random, valid)));
}

/** The payload with one of its values, at any depth, replaced or left out. */
function damaged(random: Random, value: object): object {
  const copy = structuredClone(value) as Record<string, unknown>;
  const keys = Object.keys(copy);
  const key = keys[Math.floor(random() * keys.length)] ?? 'd';
  const inner = copy[key];
  if (typeof inner === 'object' && inner !== null && random() < 0.6) copy[key] = damaged(random, inner);
  else if (random() < 0.4) copy[key] = random() < 0.5 ? undefined : null;
  else copy[key] = randomValue(random, 2);
  return copy;
}

function randomValue(random: Random, depth: number): unknown {
  const leaf = pick(random, [null, true, 0, -1, 1.5, 2 ** 31, 1e300, '', '1', 'é\u0000', '__proto__']);
  if (depth === 0 || random() < 0.5) return leaf;
  const children = Array.from({ length: Math.floor(random() * 4) }, () => randomValue(random, depth - 1));
  if (random() < 0.5) return children;
  const keys = ['op', 'd', 'token', 'guild_id', '__proto__', 'constructor'] as const;
  return Object.fromEntries(children.map((child) => [pick(random, keys), child]));
}

function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}
