import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayDispatchEvents, GatewayIntentBits, MessageType } from 'discord-api-types/v10';
import { discordLimits } from '../../src/sandbox/rest/limits.ts';
import { eventually } from '../helpers/eventually.ts';
import { startArena, type Arena } from './arena.ts';
import { makeBot, type Bot } from './bot.ts';

const events = GatewayDispatchEvents;
const { Guilds, GuildMessages, GuildMessageReactions, MessageContent } = GatewayIntentBits;
const intents = Guilds | GuildMessages | GuildMessageReactions | MessageContent;

type Stage = AsyncDisposable & Arena & { readonly bot: Bot; readonly channelId: string };

/** A sandbox whose message routes do not make a test wait, and a bot that hears of every message. */
async function stage(): Promise<Stage> {
  const anyRoute = { requests: 1_000, perMs: 1_000 };
  const arena = await startArena({ limits: { routes: {}, anyRoute } });
  const bot = makeBot(arena.sandbox, { intents });
  await bot.connect();
  return {
    ...arena,
    bot,
    channelId: arena.guild.channels[0]?.id ?? '',
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]();
      await arena[Symbol.asyncDispose]();
    },
  };
}

/** The data of the first event of this kind, once it is there. */
async function heard(bot: Bot, event: GatewayDispatchEvents): Promise<Record<string, unknown>> {
  const payload = await eventually(event, () => bot.of(event)[0]);
  return payload.d as unknown as Record<string, unknown>;
}

test('a message is posted, read, edited and deleted, and the guild’s shard hears of each', async () => {
  await using scene = await stage();
  const { bot, channelId, guild } = scene;
  const { channels } = bot.api;
  const posted = await channels.createMessage(channelId, {
    content: 'one',
    embeds: [{ title: 'T' }],
    nonce: 'n',
  });
  assert.deepEqual([posted.content, posted.type, posted.nonce], ['one', MessageType.Default, 'n']);
  assert.equal(posted.author.id, scene.sandbox.applicationId);
  assert.deepEqual(await channels.getMessage(channelId, posted.id), posted);
  const created = await heard(bot, events.MessageCreate);
  assert.deepEqual([created['id'], created['guild_id']], [posted.id, guild.id]);
  assert.ok(created['member']);

  const edited = await channels.editMessage(channelId, posted.id, { content: 'two' });
  assert.deepEqual([edited.content, edited.embeds.length], ['two', 1]);
  assert.notEqual(edited.edited_timestamp, null);
  assert.equal((await heard(bot, events.MessageUpdate))['content'], 'two');

  await channels.deleteMessage(channelId, posted.id);
  await assert.rejects(channels.getMessage(channelId, posted.id), { status: 404, code: 10008 });
  const { id, guild_id } = await heard(bot, events.MessageDelete);
  assert.deepEqual([id, guild_id], [posted.id, guild.id]);
});

test('a reply shows what it replies to; a reply to nothing is refused, or posted alone where that is asked for', async () => {
  await using scene = await stage();
  const { channelId } = scene;
  const { channels } = scene.bot.api;
  const first = await channels.createMessage(channelId, { content: 'one' });
  const reply = await channels.createMessage(channelId, {
    content: 'two',
    message_reference: { message_id: first.id },
  });
  assert.equal(reply.type, MessageType.Reply);
  assert.equal(reply.referenced_message?.content, 'one');
  const toNothing = (fail_if_not_exists: boolean) =>
    channels.createMessage(channelId, {
      content: 'x',
      message_reference: { message_id: '1', fail_if_not_exists },
    });
  await assert.rejects(toNothing(true), { code: 50035 });
  assert.equal((await toNothing(false)).type, MessageType.Default);
});

test('messages are listed the newest first, around, before and after one of them', async () => {
  await using scene = await stage();
  const { channelId } = scene;
  const { channels } = scene.bot.api;
  const ids: string[] = [];
  for (const content of ['a', 'b', 'c', 'd', 'e']) {
    ids.push((await channels.createMessage(channelId, { content })).id);
  }
  const middle = ids[2] ?? '';
  const read = async (query: object) =>
    (await channels.getMessages(channelId, query)).map(({ content }) => content).join('');
  assert.equal(await read({}), 'edcba');
  assert.equal(await read({ limit: 2 }), 'ed');
  assert.equal(await read({ before: middle }), 'ba');
  assert.equal(await read({ after: middle, limit: 1 }), 'd');
  assert.equal(await read({ around: middle, limit: 3 }), 'dcb');
  assert.equal(await read({ around: middle, limit: 1 }), 'c');
});

test('several messages go at once, but not one alone, nor any of two weeks ago', async () => {
  await using scene = await stage();
  const { bot, channelId } = scene;
  const { channels } = bot.api;
  const ids: string[] = [];
  for (const content of ['a', 'b', 'c']) ids.push((await channels.createMessage(channelId, { content })).id);
  await channels.bulkDeleteMessages(channelId, ids.slice(0, 2));
  assert.deepEqual((await heard(bot, events.MessageDeleteBulk))['ids'], ids.slice(0, 2));
  assert.equal((await channels.getMessages(channelId)).length, 1);
  await assert.rejects(channels.bulkDeleteMessages(channelId, ids.slice(2)), { code: 50016 });
  await assert.rejects(channels.bulkDeleteMessages(channelId, ['1', ids[2] ?? '']), { code: 50034 });
});

test('reactions are counted, listed, taken back and cleared, and heard of', async () => {
  await using scene = await stage();
  const { bot, channelId, guild } = scene;
  const { channels } = bot.api;
  const { id } = await channels.createMessage(channelId, { content: 'vote' });
  for (const emoji of ['👍', '👍', '❤']) await channels.addMessageReaction(channelId, id, emoji);
  const { reactions } = await channels.getMessage(channelId, id);
  assert.deepEqual(
    reactions?.map(({ emoji, count, me }) => [emoji.name, count, me]),
    [
      ['👍', 1, true],
      ['❤️', 1, true],
    ],
  );
  assert.deepEqual(
    (await channels.getMessageReactions(channelId, id, '👍')).map((user) => user.bot),
    [true],
  );
  const added = await heard(bot, events.MessageReactionAdd);
  assert.deepEqual(added['emoji'], { id: null, name: '👍' });
  assert.deepEqual([added['message_id'], added['guild_id']], [id, guild.id]);

  await channels.deleteOwnMessageReaction(channelId, id, '👍');
  await heard(bot, events.MessageReactionRemove);
  await assert.rejects(channels.deleteOwnMessageReaction(channelId, id, '👍'), { code: 10014 });
  await assert.rejects(channels.addMessageReaction(channelId, id, 'nothing'), { code: 10014 });
  await channels.addMessageReaction(channelId, id, '🎲');
  await channels.deleteAllMessageReactionsForEmoji(channelId, id, '❤️');
  await heard(bot, events.MessageReactionRemoveEmoji);
  await channels.deleteAllMessageReactions(channelId, id);
  await heard(bot, events.MessageReactionRemoveAll);
  assert.equal((await channels.getMessage(channelId, id)).reactions, undefined);
});

test('what Discord refuses is refused with its code', async () => {
  await using scene = await stage();
  const { channelId } = scene;
  const { channels } = scene.bot.api;
  await assert.rejects(channels.createMessage('1', { content: 'x' }), { status: 404, code: 10003 });
  await assert.rejects(channels.createMessage(channelId, {}), { status: 400, code: 50006 });
  await assert.rejects(channels.createMessage(channelId, { content: 'x'.repeat(2_001) }), { code: 50035 });
  await assert.rejects(channels.editMessage(channelId, '1', { content: 'x' }), { code: 10008 });
  await assert.rejects(channels.getMessages(channelId, { limit: 101 }), { code: 50035 });
});

test('a channel takes five messages in five seconds, each channel for itself', async () => {
  await using arena = await startArena();
  const { requests } = discordLimits.routes['POST /channels/:channel/messages'] ?? { requests: 0 };
  const post = async (channelId = '') => {
    const answer = await fetch(`${arena.sandbox.restUrl}/v10/channels/${channelId}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${arena.sandbox.token}`, 'content-type': 'application/json' },
      body: '{"content":"x"}',
    });
    return answer.status;
  };
  const [one, other] = arena.guild.channels;
  const statuses: number[] = [];
  for (let sent = 0; sent <= requests; sent += 1) statuses.push(await post(one?.id));
  assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
  assert.equal(await post(other?.id), 200);
});

test('what is nested too deeply in a component is refused, and its channel stays readable', async () => {
  await using scene = await stage();
  const { channelId, sandbox } = scene;
  const levels = 50_000;
  const body = `{"content":"x","components":[{"type":1,"components":[{"type":2,"style":1,"label":"a","custom_id":"a","x":${'['.repeat(levels)}${']'.repeat(levels)}}]}]}`;
  const response = await fetch(`${sandbox.restUrl}/v10/channels/${channelId}/messages`, {
    method: 'POST',
    body,
    headers: { authorization: `Bot ${sandbox.token}`, 'content-type': 'application/json' },
  });
  assert.deepEqual([response.status, ((await response.json()) as { code: number }).code], [400, 50035]);
  assert.deepEqual(await scene.bot.api.channels.getMessages(channelId, {}), []);
});
