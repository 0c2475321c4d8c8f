import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { createInflate } from 'node:zlib';
import { CompressionMethod } from '@discordjs/ws';
import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import { WebSocket } from 'ws';
import { eventually } from '../helpers/eventually.ts';
import { startArena } from './arena.ts';
import { makeBot } from './bot.ts';

const { GuildCreate, MessageCreate, Resumed } = GatewayDispatchEvents;

test('a stranger client reads the compressed stream: many guilds, large events, a RESUME', async () => {
  await using arena = await startArena({ guilds: 200 });
  await using bot = makeBot(arena.sandbox, {
    intents: GatewayIntentBits.Guilds | GatewayIntentBits.GuildMessages | GatewayIntentBits.MessageContent,
    compression: CompressionMethod.ZlibNative,
  });
  await bot.connect();
  await eventually('all guilds', () => bot.of(GuildCreate).length === 200);
  const contents = Array.from({ length: 20 }, (_, index) => noise(index, 300_000));
  const send = (content: string) =>
    arena.client.dispatch(arena.guild.id, MessageCreate, { id: '1', content, guild_id: arena.guild.id });
  for (const content of contents.slice(0, 10)) await send(content);
  assert.equal(await arena.client.dropConnections(), 1);
  for (const content of contents.slice(10)) await send(content);
  await eventually('the session is resumed', () => bot.of(Resumed).length === 1);
  const received = () => bot.of(MessageCreate).map(({ d }) => (d as { content: string }).content);
  await eventually('all messages', () => received().length === contents.length);
  assert.deepEqual(received(), contents);
});

test('each payload is one binary message that ends with a sync flush, all of one zlib stream', async () => {
  await using arena = await startArena();
  const socket = new WebSocket(`${arena.sandbox.gatewayUrl}/?v=10&encoding=json&compress=zlib-stream`);
  const messages: { data: Buffer; isBinary: boolean }[] = [];
  socket.on('message', (data: Buffer, isBinary) => void messages.push({ data, isBinary }));
  await once(socket, 'open');
  socket.send('{"op":1,"d":null}');
  await eventually('HELLO and the answer', () => messages.length === 2);
  socket.send('{"op":99}');
  const [code] = (await once(socket, 'close')) as [number];
  assert.equal(code, 4001);
  const inflate = createInflate();
  const payloads: string[] = [];
  inflate.on('data', (text: Buffer) => void payloads.push(text.toString()));
  for (const { data, isBinary } of messages) {
    assert.deepEqual([isBinary, data.subarray(-4).toString('hex')], [true, '0000ffff']);
    await new Promise((resolve) => void inflate.write(data, resolve));
  }
  assert.deepEqual(
    payloads.map((payload) => (JSON.parse(payload) as { op: number }).op).toSorted((a, b) => a - b),
    [10, 11],
  );
});

/** Text that deflate cannot make small, so that one event takes many of its chunks. */
function noise(seed: number, length: number): string {
  let state = seed + 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return String.fromCodePoint(33 + ((state >>> 16) % 90));
  }).join('');
}
