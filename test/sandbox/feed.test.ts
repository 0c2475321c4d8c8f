import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { eventually } from '../helpers/eventually.ts';
import { startArena, type Arena } from './arena.ts';
import { makeBot, type Bot } from './bot.ts';
import { readFeed } from './feed-reader.ts';

async function pingBot({ sandbox }: Arena): Promise<Bot> {
  const bot = makeBot(sandbox, { intents: 1 | (1 << 9) });
  bot.onInteraction(({ id, token }, api) => api.interactions.reply(id, token, { content: 'pong' }));
  await bot.connect();
  await bot.api.applicationCommands.bulkOverwriteGlobalCommands(sandbox.applicationId, [
    { name: 'ping', description: 'd' },
  ]);
  return bot;
}

test('the feed tells of sessions, requests, dispatches and interactions while they happen', async () => {
  await using arena = await startArena();
  const { client, guild, sandbox } = arena;
  using reader = await readFeed(sandbox.controlUrl);
  await using bot = await pingBot(arena);
  const identify = await reader.until('session', ({ what }) => what === 'identify');
  assert.deepEqual([identify.shardId, identify.shardCount], [0, 1]);

  const { interactionId } = await client.runCommand({ guildId: guild.id, command: 'ping' });
  const told = (state: string) => reader.until('interaction', (event) => event.state === state);
  const [sent, answered] = [await told('waiting'), await told('answered')];
  assert.deepEqual([sent.interactionId, sent.name, sent.shardId], [interactionId, 'ping', 0]);
  assert.ok((answered.answeredInMs ?? -1) >= 0);
  const callback = await reader.until('rest', ({ route }) => route.endsWith('/callback'));
  assert.deepEqual([callback.method, callback.status], ['POST', 204]);

  const channelId = guild.channels[0]?.id ?? '';
  const message = await bot.api.channels.createMessage(channelId, { content: 'hello' });
  const isHello = ({ event, data }: { event: string; data?: unknown }) =>
    event === 'MESSAGE_CREATE' && (data as { id: string }).id === message.id;
  const dispatch = await reader.until('dispatch', isHello);
  assert.deepEqual([dispatch.guildId, dispatch.channelId, dispatch.shardIds], [guild.id, channelId, [0]]);
  assert.equal(dispatch.to[0]?.sessionId, identify.sessionId);

  await bot.manager.destroy();
  const close = await reader.until('session', ({ what }) => what === 'close');
  assert.deepEqual([close.by, close.sessionId], ['client', identify.sessionId]);
});

test('what is ephemeral, and what is no chat, is told without its data', async () => {
  await using arena = await startArena();
  using reader = await readFeed(arena.sandbox.controlUrl, '?kinds=dispatch');
  await arena.client.dispatch(arena.guild.id, 'MESSAGE_CREATE', { id: '1', flags: 64 });
  await arena.client.dispatch(arena.guild.id, 'GUILD_UPDATE', { id: '1' });
  await arena.client.dispatch(arena.guild.id, 'TYPING_START', { user_id: '1' });
  await reader.until('dispatch', ({ event }) => event === 'TYPING_START');
  assert.deepEqual(
    reader.events.map((event) => event.kind === 'dispatch' && [event.event, event.data]),
    [
      ['MESSAGE_CREATE', undefined],
      ['GUILD_UPDATE', undefined],
      ['TYPING_START', { user_id: '1' }],
    ],
  );
});

test('a reader may ask for one guild and some kinds, and goes on where it was', async () => {
  await using arena = await startArena();
  const { client, guild, sandbox } = arena;
  const send = (id: string) => client.dispatch(guild.id, 'MESSAGE_CREATE', { id, guild_id: guild.id });
  const query = `?guild_id=${guild.id}&kinds=dispatch,fault`;
  let lastId: number | undefined;
  {
    using reader = await readFeed(sandbox.controlUrl, query);
    await client.dispatch('1', 'MESSAGE_CREATE', { id: '0', guild_id: '1' });
    await fetch(`${sandbox.restUrl}/v10/gateway`);
    await send('1');
    const first = await reader.until('dispatch');
    assert.equal((first.data as { id: string }).id, '1');
    assert.equal(reader.events.length, 1);
    lastId = first.id;
  }
  await send('2');
  using again = await readFeed(sandbox.controlUrl, query, lastId);
  await send('3');
  await eventually('both messages', () => again.events.length === 2);
  assert.deepEqual(
    again.events.map((event) => event.kind === 'dispatch' && (event.data as { id: string }).id),
    ['2', '3'],
  );
});

test('every event is as the control API describes it', async () => {
  await using arena = await startArena();
  using reader = await readFeed(arena.sandbox.controlUrl);
  await using bot = await pingBot(arena);
  await arena.client.runCommand({ guildId: arena.guild.id, command: 'ping' });
  await reader.until('interaction', ({ state }) => state === 'answered');
  assert.deepEqual(bot.closeCodes, []);
  const description = (await (await fetch(`${arena.sandbox.controlUrl}/openapi.json`)).json()) as {
    paths: Record<
      string,
      { get: { responses: { 200: { content: Record<string, { schema: AnySchemaObject }> } } } }
    >;
  };
  const schema = description.paths['/feed']?.get.responses[200].content['text/event-stream']?.schema;
  assert.ok(schema);
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  for (const event of reader.events) assert.ok(validate(event), JSON.stringify([event, validate.errors]));
});

test('a reader that does not read is cut off, others are not', async (t) => {
  await using arena = await startArena();
  const { client, guild, sandbox } = arena;
  const { hostname, port, pathname } = new URL(`${sandbox.controlUrl}/feed`);
  const stuck = connect(Number(port), hostname);
  t.after(() => stuck.destroy());
  stuck.write(`GET ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
  await once(stuck, 'readable');
  using reader = await readFeed(sandbox.controlUrl, '?kinds=dispatch');
  const data = { content: 'x'.repeat(500_000) };
  for (let sent = 0; sent < 40; sent += 1) await client.dispatch(guild.id, 'MESSAGE_CREATE', data);
  stuck.resume();
  // Node ends it with a reset, which would make once() fail.
  stuck.on('error', () => undefined);
  await eventually('the end of the connection', () => stuck.closed);
  await eventually('all of them', () => reader.events.length === 40);
});

test('a kind that does not exist is refused', async () => {
  await using arena = await startArena();
  const answer = await fetch(`${arena.sandbox.controlUrl}/feed?kinds=dispatch,gossip`);
  assert.equal(answer.status, 400);
  assert.match(((await answer.json()) as { error: string }).error, /^kinds/);
});
