import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayDispatchEvents, GatewayIntentBits, type APIMessage } from 'discord-api-types/v10';
import { eventually } from '../helpers/eventually.ts';
import { memberOf, startArena } from './arena.ts';
import { makeBot } from './bot.ts';

const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
const intents = Guilds | GuildMessages | MessageContent;
const pixel = 'R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=';

test('a member sends files, with or without text; the bot sees them and they are served', async () => {
  await using arena = await startArena();
  const { client, guild } = arena;
  await using bot = makeBot(arena.sandbox, { intents });
  await bot.connect();
  const place = { channelId: guild.channels[0]?.id ?? '', userId: memberOf(guild, 'member') };
  const files = [
    { filename: 'a dot.gif', content_type: 'image/gif', description: 'A dot', data: pixel },
    { filename: 'notes.txt', data: Buffer.from('hello').toString('base64') },
  ];
  const { content, attachments } = await client.chat({ ...place, files });
  assert.equal(content, '');
  assert.deepEqual(
    attachments.map(({ filename, size, width, description }) => [filename, size, width, description]),
    [
      ['a_dot.gif', 35, 1, 'A dot'],
      ['notes.txt', 5, undefined, undefined],
    ],
  );
  const served = await fetch(attachments[1]?.url ?? '');
  assert.equal(await served.text(), 'hello');
  const heard = await eventually('the bot heard', () => bot.of(GatewayDispatchEvents.MessageCreate)[0]);
  assert.deepEqual((heard.d as APIMessage).attachments, attachments);
  await assert.rejects(client.chat(place), /content is empty/);
  await assert.rejects(client.chat({ ...place, files: Array(11).fill(files[1]) }), /files: /);
});

test('a member edits and deletes their own messages, a moderator deletes those of others', async () => {
  await using arena = await startArena();
  const { client, guild } = arena;
  await using bot = makeBot(arena.sandbox, { intents });
  await bot.connect();
  const channelId = guild.channels[0]?.id ?? '';
  const [userId, moderator] = [memberOf(guild, 'member'), memberOf(guild, 'moderator')];
  const { id: messageId } = await client.chat({ channelId, userId, content: 'helo' });
  const own = { channelId, messageId, userId };
  const edited = await client.editChat({ ...own, content: 'hello' });
  assert.deepEqual([edited.content, typeof edited.edited_timestamp], ['hello', 'string']);
  await assert.rejects(client.editChat({ ...own, userId: moderator, content: 'x' }), /another user/);
  await assert.rejects(client.editChat({ ...own, content: '' }), /empty message/);
  const { id: theirs } = await client.chat({ channelId, userId: moderator, content: 'mine' });
  await assert.rejects(client.deleteChat({ ...own, messageId: theirs }), /may not delete/);
  await client.deleteChat({ ...own, userId: moderator });
  await assert.rejects(client.deleteChat(own), /Unknown Message/);
  await eventually('the bot heard of both', () =>
    [GatewayDispatchEvents.MessageUpdate, GatewayDispatchEvents.MessageDelete].every(
      (event) => bot.of(event).length === 1,
    ),
  );
});
