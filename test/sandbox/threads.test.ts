import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ChannelType,
  GatewayDispatchEvents,
  MessageFlags,
  type APIThreadChannel,
} from 'discord-api-types/v10';
import { guildStage } from './guild-stage.ts';

const events = GatewayDispatchEvents;

test('a thread begins at a message, counts what is written, is archived and opened by the next message', async () => {
  await using stage = await guildStage();
  const { api, botId } = stage;
  const id = stage.guild.channels[0]?.id ?? '';
  const message = await api.channels.createMessage(id, { content: 'topic' });
  const thread = (await api.channels.createThread(id, { name: 'talk' }, message.id)) as APIThreadChannel;
  assert.deepEqual([thread.id, thread.type, thread.owner_id], [message.id, ChannelType.PublicThread, botId]);
  const created = await stage.heard(events.ThreadCreate);
  assert.deepEqual([created['id'], created['newly_created']], [message.id, true]);
  const { flags = 0 } = await api.channels.getMessage(id, message.id);
  assert.notEqual(flags & MessageFlags.HasThread, 0);
  await assert.rejects(api.channels.createThread(id, { name: 'again' }, message.id), { code: 160_004 });
  const first = await api.channels.createMessage(thread.id, { content: 'one' });
  await api.channels.createMessage(thread.id, { content: 'two' });
  const counted = async () => ((await api.channels.get(thread.id)) as APIThreadChannel).message_count;
  assert.equal(await counted(), 2);
  await api.channels.deleteMessage(thread.id, first.id);
  assert.equal(await counted(), 1);
  await api.channels.edit(thread.id, { archived: true });
  await stage.heard(events.ThreadUpdate, ({ thread_metadata }) => isArchived(thread_metadata));
  await assert.rejects(api.channels.edit(thread.id, { name: 'x' }), { code: 50_083 });
  await api.channels.createMessage(thread.id, { content: 'three' });
  const open = (await api.channels.get(thread.id)) as APIThreadChannel;
  assert.equal(open.thread_metadata?.archived, false);
  await api.channels.delete(thread.id);
  assert.equal((await stage.heard(events.ThreadDelete))['id'], thread.id);
});

test('a forum’s post comes with its first message, which has its id', async () => {
  await using stage = await guildStage();
  const { api, guildId } = stage;
  const forum = await api.guilds.createChannel(guildId, { name: 'ideas', type: ChannelType.GuildForum });
  const post = await api.channels.createForumThread(forum.id, { name: 'Idea', message: { content: 'fly' } });
  const message = await api.channels.getMessage(post.id, post.id);
  assert.deepEqual([post.parent_id, message.content], [forum.id, 'fly']);
  const read = (await api.channels.get(post.id)) as APIThreadChannel;
  assert.deepEqual([read.message_count, read.total_message_sent], [0, 0]);
  const empty = { name: 'x', message: {} };
  await assert.rejects(api.channels.createForumThread(forum.id, empty), { code: 50_006 });
});

test('members join, are added, listed and removed', async () => {
  await using stage = await guildStage();
  const { api, botId, member } = stage;
  const id = stage.guild.channels[0]?.id ?? '';
  const body = { name: 'private', type: ChannelType.PrivateThread as const, invitable: false };
  const thread = await api.channels.createThread(id, body);
  await api.threads.addMember(thread.id, member);
  const ids = (await api.threads.getAllMembers(thread.id)).map(({ user_id }) => user_id);
  assert.deepEqual(new Set(ids), new Set([botId, member]));
  assert.equal((await api.threads.getMember(thread.id, member)).user_id, member);
  await api.threads.removeMember(thread.id, member);
  await assert.rejects(api.threads.getMember(thread.id, member), { status: 404, code: 10_007 });
  await api.threads.leave(thread.id);
  await api.threads.join(thread.id);
  await stage.heard(events.ThreadMembersUpdate);
});

test('active and archived threads are listed, public and private ones apart', async () => {
  await using stage = await guildStage();
  const { api, guildId } = stage;
  const id = stage.guild.channels[0]?.id ?? '';
  const names = ['one', 'two', 'three'];
  const types = [ChannelType.PublicThread, ChannelType.PublicThread, ChannelType.PrivateThread] as const;
  const threads = await Promise.all(
    names.map((name, nth) => api.channels.createThread(id, { name, type: types[nth] ?? 11 })),
  );
  const active = await api.guilds.getActiveThreads(guildId);
  for (const thread of threads) assert.ok(active.threads.some((each) => each.id === thread.id));
  for (const thread of threads) await api.channels.edit(thread.id, { archived: true });
  const publicOnes = await api.channels.getArchivedThreads(id, 'public', { limit: 2 });
  assert.deepEqual(
    new Set(publicOnes.threads.map(({ id: each }) => each)),
    new Set(threads.slice(0, 2).map((t) => t.id)),
  );
  const hidden = threads[2]?.id;
  const privateOnes = await api.channels.getArchivedThreads(id, 'private');
  const joined = await api.channels.getJoinedPrivateArchivedThreads(id);
  assert.deepEqual([privateOnes.threads[0]?.id, joined.threads[0]?.id], [hidden, hidden]);
  await assert.rejects(api.threads.join(hidden ?? ''), { code: 50_083 });
});

test('a private thread of others is hidden from a bot that does not manage threads', async () => {
  await using stage = await guildStage();
  const { api, people, guildId, member, botRole } = stage;
  const id = stage.guild.channels[0]?.id ?? '';
  const start = { guild_id: guildId, by: member, channel_id: id, name: 'secret', is_private: true };
  const thread = await people.createThread(start);
  assert.equal((await api.channels.get(thread.id)).id, thread.id);
  await people.editRole({ guild_id: guildId, role_id: botRole, permissions: '3072' });
  await assert.rejects(api.channels.get(thread.id), { status: 403, code: 50_001 });
  const open = await people.createThread({ ...start, name: 'open', is_private: false });
  await assert.rejects(api.channels.edit(open.id, { locked: true }), { status: 403, code: 50_013 });
  await assert.rejects(api.channels.delete(open.id), { status: 403, code: 50_013 });
});

function isArchived(metadata: unknown): boolean {
  return (metadata as { archived: boolean }).archived;
}
