import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiscordAPIError } from '@discordjs/rest';
import type {
  RESTPostAPIApplicationCommandsJSONBody,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { startArena } from './arena.ts';
import { makeBot } from './bot.ts';

type Body = RESTPostAPIApplicationCommandsJSONBody;

const ping: Body = { name: 'ping', description: 'Says how quick it is' };
const settings: Body = {
  name: 'settings',
  description: 'The settings of this server',
  default_member_permissions: '32',
  options: [
    {
      type: 1,
      name: 'set',
      description: 'Changes one',
      options: [
        {
          type: 3,
          name: 'locale',
          description: 'The language',
          required: true,
          name_localizations: { de: 'sprache' },
        },
      ],
    },
  ],
};

test('a bulk overwrite keeps the ids of what stays, and the versions of what did not change', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  const { applicationId } = arena.sandbox;
  const { applicationCommands } = bot.api;
  const before = await applicationCommands.bulkOverwriteGlobalCommands(applicationId, [ping, settings]);
  const after = await applicationCommands.bulkOverwriteGlobalCommands(applicationId, [
    { ...ping, description: 'New' },
    settings,
  ]);
  assert.deepEqual(
    after.map(({ id }) => id),
    before.map(({ id }) => id),
  );
  assert.notEqual(after[0]?.version, before[0]?.version);
  assert.equal(after[1]?.version, before[1]?.version);
  await applicationCommands.bulkOverwriteGlobalCommands(applicationId, [settings]);
  assert.deepEqual(
    (await applicationCommands.getGlobalCommands(applicationId)).map(({ name }) => name),
    ['settings'],
  );
});

test('localisations are listed only for who asks', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  const { applicationId } = arena.sandbox;
  const { applicationCommands } = bot.api;
  await applicationCommands.createGlobalCommand(applicationId, settings);
  const [plain] = await applicationCommands.getGlobalCommands(applicationId);
  const [full] = await applicationCommands.getGlobalCommands(applicationId, { with_localizations: true });
  assert.equal(JSON.stringify(plain).includes('sprache'), false);
  assert.equal(JSON.stringify(full).includes('sprache'), true);
});

test('a command is made, found, edited and deleted in a guild, apart from the global ones', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  const { applicationId } = arena.sandbox;
  const { applicationCommands } = bot.api;
  const { id } = await applicationCommands.createGuildCommand(applicationId, arena.guild.id, ping);
  const again = await applicationCommands.createGuildCommand(applicationId, arena.guild.id, ping);
  assert.equal(again.id, id);
  const edited = await applicationCommands.editGuildCommand(applicationId, arena.guild.id, id, {
    description: 'Other',
  });
  assert.deepEqual([edited.name, edited.description, edited.guild_id], ['ping', 'Other', arena.guild.id]);
  assert.deepEqual(await applicationCommands.getGuildCommand(applicationId, arena.guild.id, id), edited);
  assert.deepEqual(await applicationCommands.getGlobalCommands(applicationId), []);
  await applicationCommands.deleteGuildCommand(applicationId, arena.guild.id, id);
  await assert.rejects(applicationCommands.getGuildCommand(applicationId, arena.guild.id, id), {
    status: 404,
    code: 10063,
  });
});

const text = { type: 3, name: 'text', description: 'd' } as const;
const refused: readonly { name: string; body: object; at: string; code: string }[] = [
  { name: 'no name', body: { description: 'd' }, at: 'name', code: 'BASE_TYPE_REQUIRED' },
  {
    name: 'a name in capitals',
    body: { ...ping, name: 'Ping' },
    at: 'name',
    code: 'APPLICATION_COMMAND_INVALID_NAME',
  },
  {
    name: 'a name of two words',
    body: { ...ping, name: 'a b' },
    at: 'name',
    code: 'APPLICATION_COMMAND_INVALID_NAME',
  },
  { name: 'no description', body: { name: 'ping' }, at: 'description', code: 'BASE_TYPE_REQUIRED' },
  {
    name: 'a long description',
    body: { ...ping, description: 'x'.repeat(101) },
    at: 'description',
    code: 'BASE_TYPE_BAD_LENGTH',
  },
  {
    name: '26 options',
    body: { ...ping, options: Array.from({ length: 26 }, (_, i) => ({ ...text, name: `t${i}` })) },
    at: 'options',
    code: 'BASE_TYPE_MAX_LENGTH',
  },
  {
    name: 'required after optional',
    body: { ...ping, options: [text, { ...text, name: 'b', required: true }] },
    at: 'options.1',
    code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  },
  {
    name: 'one option twice',
    body: { ...ping, options: [text, text] },
    at: 'options.1.name',
    code: 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
  },
  {
    name: 'a subcommand beside a value',
    body: { ...ping, options: [text, { type: 1, name: 'a', description: 'd' }] },
    at: 'options.1.type',
    code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  },
  {
    name: 'an option that is no object',
    body: { ...ping, options: [3] },
    at: 'options.0',
    code: 'DICT_TYPE_CONVERT',
  },
  {
    name: 'more than 8,000 characters',
    body: {
      ...ping,
      options: [
        {
          ...text,
          choices: Array.from({ length: 25 }, (_, i) => ({
            name: `${i}`.padEnd(100),
            value: `${i}`.padEnd(100),
          })),
        },
        {
          ...text,
          name: 'b',
          choices: Array.from({ length: 25 }, (_, i) => ({
            name: `${i}`.padEnd(100),
            value: `${i}`.padEnd(100),
          })),
        },
      ],
    },
    at: '',
    code: 'APPLICATION_COMMAND_TOO_LARGE',
  },
  {
    name: 'a translated name that is too long',
    body: { ...ping, name_localizations: { de: 'x'.repeat(33) } },
    at: 'name_localizations.de',
    code: 'BASE_TYPE_MAX_LENGTH',
  },
  {
    name: 'a translated description that is empty',
    body: { ...ping, description_localizations: { de: '' } },
    at: 'description_localizations.de',
    code: 'BASE_TYPE_MIN_LENGTH',
  },
];

for (const { name, body, at, code } of refused) {
  test(`a command with ${name} is refused with 50035 and ${code}`, async () => {
    await using arena = await startArena();
    await using bot = makeBot(arena.sandbox);
    const { applicationId } = arena.sandbox;
    const create = bot.api.applicationCommands.createGlobalCommand(applicationId, body as Body);
    assert.deepEqual(await faultAt(create, at), [code]);
    const bulk = bot.api.applicationCommands.bulkOverwriteGlobalCommands(applicationId, [ping, body as Body]);
    assert.deepEqual(await faultAt(bulk, at === '' ? '1' : `1.${at}`), [code]);
    assert.deepEqual(await bot.api.applicationCommands.getGlobalCommands(applicationId), []);
  });
}

test('field names of every kind come back in the errors, and a body nested too deeply is refused', async () => {
  await using arena = await startArena();
  const { restUrl, token, applicationId } = arena.sandbox;
  const post = async (body: string) => {
    const headers = { authorization: `Bot ${token}` };
    const url = `${restUrl}/v10/applications/${applicationId}/commands`;
    const response = await fetch(url, { method: 'POST', body, headers });
    return { status: response.status, body: (await response.json()) as { code: number; errors: object } };
  };
  const odd = await post('{"name":"a","description":"d","name_localizations":{"constructor":"x"}}');
  assert.deepEqual(Object.keys(odd.body.errors), ['name_localizations']);
  assert.ok(JSON.stringify(odd.body.errors).includes('constructor'));
  const levels = 20_000;
  const open = '{"type":1,"name":"a","description":"d","options":[';
  const deep = await post(`${open.repeat(levels)}${']}'.repeat(levels)}`);
  assert.deepEqual([deep.status, deep.body.code], [400, 50035]);
});

test('more than 100 slash commands, or two of one name, are refused', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  const overwrite = (bodies: Body[]) =>
    bot.api.applicationCommands.bulkOverwriteGlobalCommands(arena.sandbox.applicationId, bodies);
  const many = Array.from({ length: 101 }, (_, index) => ({ ...ping, name: `c${index}` }));
  await assert.rejects(overwrite(many), { code: 30032 });
  assert.deepEqual(await faultAt(overwrite([ping, ping]), '1'), ['APPLICATION_COMMANDS_DUPLICATE_NAME']);
  assert.equal((await overwrite(many.slice(1))).length, 100);
});

/** The codes of Discord's nested errors at a path of the body. */
async function faultAt(call: Promise<unknown>, path: string): Promise<string[] | undefined> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof DiscordAPIError && error.code === 50035, `not refused: ${String(error)}`);
  let node = (error.rawError as { errors: unknown }).errors as Record<string, unknown>;
  for (const step of path === '' ? [] : path.split('.')) node = (node[step] ?? {}) as Record<string, unknown>;
  return (node['_errors'] as { code: string }[] | undefined)?.map(({ code }) => code);
}

function hundred(from: number): RESTPostAPIChatInputApplicationCommandsJSONBody[] {
  return Array.from({ length: 100 }, (_, index) => ({ name: `c${from + index}`, description: 'd' }));
}

test('200 commands a day can be made in a guild; those that stay do not count', async () => {
  await using arena = await startArena();
  await using bot = makeBot(arena.sandbox);
  const { applicationId } = arena.sandbox;
  const { applicationCommands } = bot.api;
  const overwrite = (from: number, guildId = arena.guild.id) =>
    applicationCommands.bulkOverwriteGuildCommands(applicationId, guildId, hundred(from));
  await overwrite(0);
  await overwrite(0);
  await overwrite(100);
  await assert.rejects(overwrite(101), { status: 400, code: 30034 });
  await overwrite(100);
  await applicationCommands.bulkOverwriteGlobalCommands(applicationId, hundred(0));
});
