import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  GatewayDispatchEvents,
  type APIChatInputApplicationCommandGuildInteraction,
} from 'discord-api-types/v10';
import { memberOf, startArena, type Arena } from './arena.ts';
import { makeBot, type Bot } from './bot.ts';

type Stage = AsyncDisposable &
  Arena & { readonly bot: Bot; last(): APIChatInputApplicationCommandGuildInteraction };

/** A sandbox with a bot that registered a few commands and answers them all alike. */
async function stage(): Promise<Stage> {
  const arena = await startArena();
  const bot = makeBot(arena.sandbox);
  bot.onInteraction(({ id, token }, api) => api.interactions.reply(id, token, { content: 'ok' }));
  await bot.connect();
  await bot.api.applicationCommands.bulkOverwriteGlobalCommands(arena.sandbox.applicationId, [
    {
      name: 'settings',
      description: 'd',
      default_member_permissions: '32',
      options: [
        { type: 1, name: 'view', description: 'd' },
        {
          type: 2,
          name: 'change',
          description: 'd',
          options: [
            {
              type: 1,
              name: 'log',
              description: 'd',
              options: [{ type: 7, name: 'channel', description: 'd', required: true }],
            },
          ],
        },
      ],
    },
    { name: 'secret', description: 'd', default_member_permissions: '0' },
    {
      name: 'all',
      description: 'd',
      options: [
        { type: 3, name: 'text', description: 'd', required: true, max_length: 5 },
        { type: 3, name: 'colour', description: 'd', choices: [{ name: 'Red', value: 'red' }] },
        { type: 4, name: 'count', description: 'd', min_value: 1, max_value: 9 },
        { type: 5, name: 'flag', description: 'd' },
        { type: 6, name: 'user', description: 'd' },
        { type: 8, name: 'role', description: 'd' },
      ],
    },
  ]);
  const last = () => {
    const sent = bot.of(GatewayDispatchEvents.InteractionCreate).at(-1);
    assert.ok(sent);
    return sent.d as APIChatInputApplicationCommandGuildInteraction;
  };
  return {
    ...arena,
    bot,
    last,
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]();
      await arena[Symbol.asyncDispose]();
    },
  };
}

test('an interaction is made from what is registered, and says who asked and where', async () => {
  await using scene = await stage();
  const { client, guild } = scene;
  const [, channel] = guild.channels;
  assert.ok(channel);
  const userId = memberOf(guild, 'moderator');
  await client.runCommand({
    guildId: guild.id,
    userId,
    channelId: channel.id,
    command: '/settings change log',
    options: { channel: channel.id },
  });
  const { data, member, guild_id, channel_id, context, app_permissions } = scene.last();
  assert.deepEqual(data.options, [
    {
      type: 2,
      name: 'change',
      options: [{ type: 1, name: 'log', options: [{ type: 7, name: 'channel', value: channel.id }] }],
    },
  ]);
  assert.equal(data.resolved?.channels?.[channel.id]?.name, channel.name);
  assert.deepEqual([guild_id, channel_id, context], [guild.id, channel.id, 0]);
  assert.equal(member.user.id, userId);
  assert.notEqual(BigInt(member.permissions) & 32n, 0n);
  assert.equal(member.roles.length, 1);
  assert.ok(BigInt(app_permissions) > 0n);
});

test('users and roles are resolved', async () => {
  await using scene = await stage();
  const { client, guild } = scene;
  const user = memberOf(guild, 'owner');
  const [role] = guild.roles;
  await client.runCommand({
    guildId: guild.id,
    command: 'all',
    options: { text: 'x', user, role: role?.id ?? '' },
  });
  const { resolved } = scene.last().data;
  assert.equal(resolved?.users?.[user]?.id, user);
  assert.ok(BigInt(resolved?.members?.[user]?.permissions ?? '0') > 0n);
  assert.equal(resolved?.roles?.[role?.id ?? '']?.name, '@everyone');
});

const refused: readonly {
  command: string;
  options?: Record<string, string | number | boolean>;
  says: RegExp;
}[] = [
  { command: 'nothing', says: /there is no command \/nothing here/ },
  { command: 'settings', says: /needs a subcommand: view, change/ },
  { command: 'settings no', says: /there is no subcommand "no"/ },
  { command: 'settings view', says: /hidden from .* it needs the permissions 32/ },
  { command: 'secret', says: /hidden from/ },
  { command: 'all', says: /option "text" is required/ },
  {
    command: 'all',
    options: { text: 'x', more: 1 },
    says: /there is no option "more"; there are: text, colour/,
  },
  { command: 'all', options: { text: 'longer' }, says: /"text" must have 0 to 5 characters, not "longer"/ },
  { command: 'all', options: { text: 7 }, says: /"text" must be text, not 7/ },
  {
    command: 'all',
    options: { text: 'x', colour: 'blue' },
    says: /"colour" must be one of "red", not "blue"/,
  },
  { command: 'all', options: { text: 'x', count: 10 }, says: /"count" must be from 1 to 9, not 10/ },
  { command: 'all', options: { text: 'x', count: 1.5 }, says: /"count" must be an integer, not 1.5/ },
  { command: 'all', options: { text: 'x', flag: 'yes' }, says: /"flag" must be true or false/ },
  { command: 'all', options: { text: 'x', user: '1' }, says: /"user" must be the id of a member/ },
];

test('what Discord’s client would not send is refused with a reason, and nothing is sent', async () => {
  await using scene = await stage();
  for (const { command, options = {}, says } of refused) {
    await assert.rejects(scene.client.runCommand({ guildId: scene.guild.id, command, options }), says);
  }
  await assert.rejects(scene.client.runCommand({ guildId: '1', command: 'all' }), /there is no guild 1/);
  await assert.rejects(
    scene.client.runCommand({ guildId: scene.guild.id, userId: '1', command: 'all' }),
    /there is no member 1/,
  );
  assert.deepEqual(scene.bot.of(GatewayDispatchEvents.InteractionCreate), []);
});

test('a forced client sends unknown commands and wrong options as they are', async () => {
  await using scene = await stage();
  const guildId = scene.guild.id;
  await scene.client.runCommand({
    guildId,
    command: 'unknown',
    options: { a: 1, b: 'x', c: true, d: 1.5 },
    force: true,
  });
  assert.deepEqual(
    scene.last().data.options?.map(({ name, type }) => [name, type]),
    [
      ['a', 4],
      ['b', 3],
      ['c', 5],
      ['d', 10],
    ],
  );
  await scene.client.runCommand({ guildId, command: 'settings nothing', force: true });
  assert.deepEqual(scene.last().data.options, [{ type: 1, name: 'nothing', options: [] }]);
  await scene.client.runCommand({ guildId, command: 'all', options: { count: 'many' }, force: true });
  assert.deepEqual(scene.last().data.options, [{ type: 4, name: 'count', value: 'many' }]);
  await scene.client.runCommand({ guildId, command: 'secret', force: true });
  assert.equal(scene.last().data.name, 'secret');
});

test('an administrator sees what is hidden from others', async () => {
  await using scene = await stage();
  const userId = memberOf(scene.guild, 'owner');
  assert.equal(
    (await scene.client.runCommand({ guildId: scene.guild.id, userId, command: 'secret' })).content,
    'ok',
  );
});

test('an interaction sent while the socket was down is answered after the RESUME', async () => {
  await using scene = await stage();
  await scene.client.dropConnections();
  const userId = memberOf(scene.guild, 'owner');
  const sight = await scene.client.runCommand({ guildId: scene.guild.id, userId, command: 'settings view' });
  assert.deepEqual([sight.state, sight.content], ['answered', 'ok']);
  assert.equal((await scene.client.sessions()).resumes, 1);
});
