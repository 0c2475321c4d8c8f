import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventually } from '../helpers/eventually.ts';
import { startArena, type Arena } from './arena.ts';
import { connectRaw, identify, resume, type RawClient } from './raw-client.ts';

type Ready = { readonly d: unknown; readonly s: unknown };

async function readyClient(arena: Arena, query?: string): Promise<{ client: RawClient; ready: Ready }> {
  const client = await connectRaw(arena.sandbox.gatewayUrl, query);
  client.send(identify(arena.sandbox.token, { intents: 1 << 9 }));
  return { client, ready: await client.next('READY') };
}

async function isConnected(arena: Arena): Promise<boolean | undefined> {
  return (await arena.client.sessions()).sessions[0]?.connected;
}

test('a client that stops reading is cut off, and its RESUME brings everything in order', async () => {
  await using arena = await startArena();
  const { client, ready } = await readyClient(arena);
  using slow = client;
  slow.socket.pause();
  const half = 'x'.repeat(2 ** 19);
  let sent = 0;
  // What the kernel buffers comes on top of the gateway's own bound.
  while ((await isConnected(arena)) === true) {
    assert.ok(sent < 60, `${sent / 2} MB waited for a client that does not read`);
    await arena.client.dispatch(arena.guild.id, 'MESSAGE_CREATE', { id: String(sent), nonce: half });
    sent += 1;
  }
  assert.ok(sent > 32, `cut off after ${sent / 2} MB`);
  using returned = await connectRaw(arena.sandbox.gatewayUrl);
  returned.send(resume(arena.sandbox.token, (ready.d as { session_id: string }).session_id, ready.s));
  await returned.next('RESUMED');
  assert.deepEqual(
    returned.frames.flatMap(({ t, d }) => (t === 'MESSAGE_CREATE' ? (d as { id: string }).id : [])),
    Array.from({ length: sent }, (_, id) => String(id)),
  );
});

test('events that come during a replay come after it', async () => {
  await using arena = await startArena();
  const { client, ready } = await readyClient(arena);
  using first = client;
  await arena.client.dropConnections();
  await first.closed;
  const send = (id: number) =>
    arena.client.dispatch(arena.guild.id, 'MESSAGE_CREATE', { id, nonce: 'x'.repeat(60_000) });
  for (let id = 0; id < 300; id += 1) await send(id);
  using returned = await connectRaw(arena.sandbox.gatewayUrl);
  returned.send(resume(arena.sandbox.token, (ready.d as { session_id: string }).session_id, ready.s));
  await eventually('the RESUME', async () => (await arena.client.sessions()).resumes === 1);
  for (let id = 300; id < 310; id += 1) await send(id);
  await eventually('everything', () =>
    returned.frames.some(({ d }) => (d as { id?: number } | null)?.id === 309),
  );
  const sequences = returned.frames.flatMap(({ s }) => (typeof s === 'number' ? s : []));
  assert.deepEqual(
    sequences,
    Array.from(sequences, (_, index) => Number(ready.s) + 1 + index),
  );
  assert.equal(returned.frames.filter(({ t }) => t === 'RESUMED').length, 1);
  assert.equal(sequences.length, 311);
});

test('a client that pings without reading the answers is cut off', async () => {
  await using arena = await startArena();
  const { client } = await readyClient(arena);
  using pinger = client;
  pinger.socket.pause();
  const payload = Buffer.alloc(125);
  await eventually(
    'the end of the connection',
    async () => {
      for (let sent = 0; sent < 20_000; sent += 1) pinger.socket.ping(payload);
      return (await isConnected(arena)) === false;
    },
    30_000,
  );
});
