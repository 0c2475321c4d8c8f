import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { ChannelType, GatewayIntentBits } from 'discord-api-types/v10';
import { Account } from '../../src/sandbox/account.ts';
import { ActiveFaults } from '../../src/sandbox/faults/active-faults.ts';
import { Gateway } from '../../src/sandbox/gateway/gateway.ts';
import { Recorder } from '../../src/sandbox/recorder/recorder.ts';
import { SnowflakeClock } from '../../src/sandbox/snowflake.ts';
import { discordTiming } from '../../src/sandbox/timing.ts';
import { WorldChanges } from '../../src/sandbox/world/changes.ts';
import { World } from '../../src/sandbox/world/world.ts';
import { connectRaw, identify, type RawClient } from './raw-client.ts';

type Scene = AsyncDisposable & {
  readonly account: Account;
  readonly gateway: Gateway;
  readonly world: World;
  readonly changes: WorldChanges;
  readonly guildId: string;
  ready(intents: number): Promise<RawClient>;
};

/** A gateway without REST, whose world can be changed by hand. */
async function startScene(): Promise<Scene> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const account = new Account({ seed: 1, intentsStrict: false });
  const world = new World({ seed: 1, guilds: 2, botUser: account.botUser });
  const timing = { ...discordTiming, identifyWindowMs: 0 };
  const faults = new ActiveFaults(() => 0);
  const recorder = new Recorder();
  const gateway = new Gateway({ world, account, timing, maxConcurrency: 1, recorder, faults, url });
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
  const changes = new WorldChanges(world, new SnowflakeClock(), (guildId, event, data) =>
    gateway.dispatchToGuild(guildId, event, data),
  );
  return {
    account,
    gateway,
    world,
    changes,
    guildId: world.guildIds(1)[0] ?? '',
    ready: async (intents) => {
      const client = await connectRaw(url);
      client.send(identify(account.token, { intents }));
      await client.next('READY');
      return client;
    },
    [Symbol.asyncDispose]: async () => {
      gateway.stop();
      server.close();
      await once(server, 'close');
    },
  };
}

test('every change goes to those whose intents ask for it, and to nobody else', async () => {
  await using scene = await startScene();
  const { changes, guildId, world, account } = scene;
  const bits = GatewayIntentBits;
  const deed = { by: account.botUser.id };
  const clients = new Map<string, RawClient>();
  for (const name of ['Guilds', 'GuildMembers', 'GuildModeration', 'GuildInvites'] as const)
    clients.set(name, await scene.ready(bits[name]));

  const user = world.newcomer('1400000000000000000');
  const channelId = world.guild(guildId)?.channels[0]?.id ?? '';
  changes.members.add(guildId, user);
  changes.members.update(guildId, user.id, { nick: 'N' }, deed);
  changes.bans.add(guildId, user, deed);
  const role = changes.roles.create(guildId, {}, deed);
  changes.roles.delete(guildId, role.id, deed);
  const start = { name: 't', parent_id: channelId, owner_id: account.botUser.id };
  const thread = changes.threads.create(guildId, ChannelType.PublicThread, start, deed);
  changes.threads.join(guildId, thread.id, world.guild(guildId)?.ownerId ?? '');
  const invite = { channelId, inviter: user, maxAge: 0, maxUses: 0, temporary: false };
  changes.invites.create(guildId, invite, deed);
  changes.guilds.leave(guildId);

  // It needs no intent, and comes last.
  scene.gateway.dispatchToGuild(guildId, 'USER_UPDATE', {});
  const seen = async (name: string) => {
    const client = clients.get(name);
    await client?.next('USER_UPDATE');
    const events = (client?.frames ?? []).flatMap(({ t }) => (typeof t === 'string' ? t : []));
    return events.filter((event) => !['READY', 'GUILD_CREATE', 'USER_UPDATE'].includes(event));
  };
  assert.deepEqual(await seen('Guilds'), [
    'GUILD_ROLE_CREATE',
    'GUILD_ROLE_DELETE',
    'THREAD_CREATE',
    'THREAD_MEMBERS_UPDATE',
    'GUILD_DELETE',
  ]);
  assert.deepEqual(await seen('GuildInvites'), ['INVITE_CREATE']);
  assert.deepEqual(await seen('GuildMembers'), [
    'GUILD_MEMBER_ADD',
    'GUILD_MEMBER_UPDATE',
    'GUILD_MEMBER_REMOVE',
    'THREAD_MEMBERS_UPDATE',
    'THREAD_MEMBERS_UPDATE',
  ]);
  const moderation = await seen('GuildModeration');
  assert.deepEqual(new Set(moderation), new Set(['GUILD_BAN_ADD', 'GUILD_AUDIT_LOG_ENTRY_CREATE']));
  assert.equal(moderation.length, 7);
  for (const client of clients.values()) client[Symbol.dispose]();
});

test('without the intent of members a bot hears of itself alone in a thread', async () => {
  await using scene = await startScene();
  const { changes, guildId, world, account } = scene;
  using client = await scene.ready(GatewayIntentBits.Guilds);
  using informed = await scene.ready(GatewayIntentBits.Guilds | GatewayIntentBits.GuildMembers);
  const guild = world.guild(guildId);
  const [owner = ''] = guild ? [guild.ownerId] : [];
  const start = { name: 't', parent_id: guild?.channels[0]?.id ?? '', owner_id: owner };
  const thread = changes.threads.create(guildId, ChannelType.PublicThread, start, { by: owner });
  changes.threads.join(guildId, thread.id, account.botUser.id);
  changes.threads.leave(guildId, thread.id, owner);
  changes.threads.leave(guildId, thread.id, account.botUser.id);
  changes.threads.delete(guildId, thread.id, { by: owner });
  const me = account.botUser.id;
  assert.deepEqual(await updates(client), [
    [[me], undefined],
    [undefined, [me]],
  ]);
  assert.equal((await updates(informed)).length, 4);
});

test('a guild that was left is not in the next READY, and one that was changed comes changed', async () => {
  await using scene = await startScene();
  const { changes, world } = scene;
  const [left = '', kept = ''] = world.guildIds(2);
  changes.guilds.leave(left);
  changes.channels.create(kept, ChannelType.GuildText, 'brand-new', {}, { by: scene.account.botUser.id });
  using client = await scene.ready(GatewayIntentBits.Guilds);
  const created = (await client.next('GUILD_CREATE')).d as { id: string; channels: { name: string }[] };
  assert.deepEqual([created.id, created.channels.at(-1)?.name], [kept, 'brand-new']);
  const ready = client.frames.find(({ t }) => t === 'READY')?.d as { guilds: { id: string }[] };
  assert.deepEqual(
    ready.guilds.map(({ id }) => id),
    [kept],
  );
});

async function updates(each: RawClient): Promise<unknown[]> {
  await each.next('THREAD_DELETE');
  const frames = each.frames.filter(({ t }) => t === 'THREAD_MEMBERS_UPDATE');
  return frames.map(({ d }) => {
    const data = d as { added_members?: { user_id: string }[]; removed_member_ids?: string[] };
    return [data.added_members?.map(({ user_id }) => user_id), data.removed_member_ids];
  });
}
