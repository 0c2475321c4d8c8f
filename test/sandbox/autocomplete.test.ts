import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  InteractionType,
  type APIApplicationCommandAutocompleteInteraction,
  type APIUserApplicationCommandInteraction,
  type APIMessageApplicationCommandInteraction,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { eventually } from '../helpers/eventually.ts';
import { memberOf } from './arena.ts';
import { stage, type Handle } from './interaction-stage.ts';

const commands: RESTPutAPIApplicationCommandsJSONBody = [
  {
    name: 'find',
    description: 'd',
    options: [
      {
        type: 1,
        name: 'thing',
        description: 'd',
        options: [
          { type: 3, name: 'name', description: 'd', required: true, autocomplete: true },
          { type: 4, name: 'count', description: 'd', autocomplete: true },
          { type: 5, name: 'flag', description: 'd' },
        ],
      },
    ],
  },
  { name: 'High Five', type: 2 },
  { name: 'High Five', type: 3 },
  { name: 'show', description: 'd' },
];

function bot(choices: readonly object[]): Handle {
  return (interaction, api) =>
    interaction.type === InteractionType.ApplicationCommandAutocomplete
      ? api.interactions.createAutocompleteResponse(interaction.id, interaction.token, {
          choices: choices as never,
        })
      : api.interactions.reply(interaction.id, interaction.token, { content: 'ok' });
}

test('the bot is asked for choices while a member types', async () => {
  await using scene = await stage(bot([{ name: 'One', value: 'one' }]), { commands });
  const ask = { guildId: scene.guild.id, command: 'find thing' };
  const typed = await scene.client.autocomplete({
    ...ask,
    focused: 'name',
    options: { name: 'o', count: '1x', flag: true },
  });
  assert.deepEqual(
    [typed.choices, typed.state, typed.shardId],
    [[{ name: 'One', value: 'one' }], 'answered', 0],
  );
  const { type, data } = scene.last() as APIApplicationCommandAutocompleteInteraction;
  assert.equal(type, InteractionType.ApplicationCommandAutocomplete);
  assert.deepEqual(data.options, [
    {
      type: 1,
      name: 'thing',
      options: [
        { type: 3, name: 'name', focused: true, value: 'o' },
        { type: 4, name: 'count', value: '1x' },
        { type: 5, name: 'flag', value: true },
      ],
    },
  ]);
  await assert.rejects(scene.client.autocomplete({ ...ask, focused: 'flag' }), /"flag" has no autocomplete/);
  await assert.rejects(scene.client.autocomplete({ ...ask, focused: 'no' }), /there is no option "no"/);
});

test('choices that Discord refuses are refused, and no answer shows none', async () => {
  const wrong = [
    Array.from({ length: 26 }, (_, index) => ({ name: 'n', value: `${index}` })),
    [{ name: '', value: 'x' }],
    [{ name: 'x'.repeat(101), value: 'x' }],
    [{ name: 'n', value: 'x'.repeat(101) }],
    [{ name: 'n', value: 7 }],
  ];
  const codes: unknown[] = [];
  await using scene = await stage(
    async (interaction, api) => {
      const { id, token, application_id } = interaction;
      for (const choices of wrong) {
        await bot(choices)(interaction, api).catch((error: { code: unknown }) => codes.push(error.code));
      }
      await api.interactions
        .reply(id, token, { content: 'x' })
        .catch((error: { code: unknown }) => codes.push(error.code));
      await api.interactions
        .followUp(application_id, token, { content: 'x' })
        .catch((error: { code: unknown }) => codes.push(error.code));
    },
    { commands },
  );
  const sight = await scene.client.autocomplete({
    guildId: scene.guild.id,
    command: 'find thing',
    focused: 'name',
  });
  assert.deepEqual([sight.choices, sight.state, sight.answeredInMs], [[], 'failed', null]);
  await eventually('all were refused', () => codes.length === 7);
  assert.deepEqual(codes, [50035, 50035, 50035, 50035, 50035, 50035, 10015]);
});

test('user and message commands carry what they were run on', async () => {
  await using scene = await stage(bot([]), { commands });
  const { client, guild } = scene;
  const targetId = memberOf(guild, 'owner');
  const run = (id: string) => client.runCommand({ guildId: guild.id, command: 'High Five', targetId: id });
  const onUser = await run(targetId);
  const { data } = scene.last() as APIUserApplicationCommandInteraction;
  assert.deepEqual([data.type, data.target_id, data.resolved.users[targetId]?.id], [2, targetId, targetId]);
  const messageId = onUser.message?.id ?? '';
  assert.equal(onUser.message?.type, 23);
  await run(messageId);
  const ofMessage = (scene.last() as APIMessageApplicationCommandInteraction).data;
  assert.deepEqual([ofMessage.type, ofMessage.resolved.messages[messageId]?.content], [3, 'ok']);
  await assert.rejects(run('1'), /"High Five" is for a member or a message, and 1 is none here/);
  await assert.rejects(
    client.runCommand({ guildId: guild.id, command: 'Nothing', targetId }),
    /no user or message command "Nothing"/,
  );
});
