import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayIntentBits } from 'discord-api-types/v10';
import { startArena, type Arena } from './arena.ts';
import { connectRaw, identify, type RawClient } from './raw-client.ts';

const { DirectMessages, GuildMembers, GuildMessages, MessageContent } = GatewayIntentBits;

async function readyClient(arena: Arena, intents: number): Promise<RawClient> {
  const client = await connectRaw(arena.sandbox.gatewayUrl);
  client.send(identify(arena.sandbox.token, { intents }));
  await client.next('READY');
  return client;
}

const message = {
  id: '9',
  author: { id: '5' },
  mentions: [],
  content: 'hello',
  embeds: [{ title: 't' }],
  attachments: [{ id: '1' }],
  components: [{ type: 1 }],
  poll: { question: { text: 'q' } },
};
const empty = {
  id: '9',
  author: { id: '5' },
  mentions: [],
  content: '',
  embeds: [],
  attachments: [],
  components: [],
};

test('messages are empty without the Message Content intent, and complete with it', async () => {
  await using arena = await startArena({ timing: { identifyWindowMs: 0 } });
  using blind = await readyClient(arena, GuildMessages);
  using seeing = await readyClient(arena, GuildMessages | MessageContent);
  for (const event of ['MESSAGE_CREATE', 'MESSAGE_UPDATE']) {
    await arena.client.dispatch(arena.guild.id, event, message);
    assert.deepEqual((await seeing.next(event)).d, message);
    assert.deepEqual((await blind.next(event)).d, empty);
  }
});

test('a message that the bot wrote, that mentions it or that is direct is complete without the intent', async () => {
  await using arena = await startArena();
  using client = await readyClient(arena, GuildMessages | DirectMessages);
  const bot = { id: arena.sandbox.applicationId };
  const mine = { ...message, author: bot };
  const mentioning = { ...message, mentions: [{ id: '6' }, bot] };
  for (const [guildId, sent] of [
    [arena.guild.id, mine],
    [arena.guild.id, mentioning],
    [null, message],
  ] as const) {
    await arena.client.dispatch(guildId, 'MESSAGE_CREATE', sent);
    assert.deepEqual((await client.next('MESSAGE_CREATE')).d, sent);
  }
});

test('what a message answers or forwards is empty, too, and the fields that it lacks are not invented', async () => {
  await using arena = await startArena();
  using client = await readyClient(arena, GuildMessages);
  const own = { content: 'mine', author: { id: arena.sandbox.applicationId } };
  const seen = async (sent: object) => {
    await arena.client.dispatch(arena.guild.id, 'MESSAGE_CREATE', { id: '9', ...sent });
    const { id, ...rest } = (await client.next('MESSAGE_CREATE')).d as { id: unknown };
    assert.equal(id, '9');
    return rest;
  };
  assert.deepEqual(await seen({ content: 'a', referenced_message: { content: 'b', author: { id: '5' } } }), {
    content: '',
    referenced_message: { content: '', author: { id: '5' } },
  });
  assert.deepEqual(await seen({ content: 'a', referenced_message: own }), {
    content: '',
    referenced_message: own,
  });
  assert.deepEqual(await seen({ message_snapshots: [{ message: { content: 'b' } }, 7] }), {
    message_snapshots: [{ message: { content: '' } }, 7],
  });
});

test('events of guilds and of direct messages need intents of their own', async () => {
  await using arena = await startArena({ timing: { identifyWindowMs: 0 } });
  using guilds = await readyClient(arena, GuildMessages);
  using direct = await readyClient(arena, DirectMessages);
  await arena.client.dispatch(null, 'MESSAGE_CREATE', { id: 'direct' });
  await arena.client.dispatch(arena.guild.id, 'MESSAGE_CREATE', { id: 'guild' });
  for (const client of [guilds, direct]) {
    await arena.client.dispatch(arena.guild.id, 'USER_UPDATE', {});
    await client.next('USER_UPDATE');
  }
  assert.deepEqual([messageIds(guilds), messageIds(direct)], [['guild'], ['direct']]);
});

test('a direct message goes to shard 0 alone', async () => {
  await using arena = await startArena({ timing: { identifyWindowMs: 0 } });
  const ids: unknown[] = [];
  using first = await connectRaw(arena.sandbox.gatewayUrl);
  using second = await connectRaw(arena.sandbox.gatewayUrl);
  for (const [shardId, client] of [first, second].entries()) {
    client.send(identify(arena.sandbox.token, { shard: [shardId, 2], intents: DirectMessages }));
    ids.push(((await client.next('READY')).d as { session_id: string }).session_id);
  }
  assert.deepEqual(await arena.client.dispatch(null, 'MESSAGE_CREATE', {}), ids.slice(0, 1));
});

test('members need their intent, the bot itself as a member does not', async () => {
  await using arena = await startArena({ timing: { identifyWindowMs: 0 } });
  using without = await readyClient(arena, 0);
  using withIntent = await readyClient(arena, GuildMembers);
  const users = ['5', arena.sandbox.applicationId];
  for (const id of users)
    await arena.client.dispatch(arena.guild.id, 'GUILD_MEMBER_UPDATE', { user: { id } });
  await arena.client.dispatch(arena.guild.id, 'USER_UPDATE', {});
  assert.deepEqual(await updatedMembers(without), users.slice(1));
  assert.deepEqual(await updatedMembers(withIntent), users);
});

function messageIds({ frames }: RawClient): string[] {
  return frames.flatMap(({ t, d }) => (t === 'MESSAGE_CREATE' ? (d as { id: string }).id : []));
}

async function updatedMembers(client: RawClient): Promise<string[]> {
  await client.next('USER_UPDATE');
  const updates = client.frames.filter(({ t }) => t === 'GUILD_MEMBER_UPDATE');
  return updates.map(({ d }) => (d as { user: { id: string } }).user.id);
}
