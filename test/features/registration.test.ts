import { fixtureTitle } from '../helpers/fixture-title.ts';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ChannelType } from 'discord-api-types/v10';
import { defineCommand, defineSubcommand } from '../../src/features/command.ts';
import { commandsOf, features, intentsOf } from '../../src/features/features.ts';
import { channelOption, integerOption, stringOption } from '../../src/features/options.ts';
import { commandBody } from '../../src/features/registration.ts';

const run = async () => {};

describe('commands as Discord registers them', () => {
  test('required options come first, whatever the order of the definition', () => {
    const command = defineCommand({
      name: 'fish',
      description: 'Fish',
      options: {
        depth: integerOption({ description: 'Metres', min: 0, max: 11_000 }),
        name: stringOption({ description: 'A fish', required: true, maxLength: 32 }),
      },
      run,
    });
    assert.deepEqual(commandBody(command), {
      type: 1,
      name: 'fish',
      description: 'Fish',
      default_member_permissions: null,
      contexts: [0, 1],
      integration_types: [0],
      options: [
        { name: 'name', type: 3, description: 'A fish', required: true, max_length: 32 },
        { name: 'depth', type: 4, description: 'Metres', required: false, min_value: 0, max_value: 11_000 },
      ],
    });
  });

  test('subcommands, permissions and guild-only commands', () => {
    const body = commandBody(
      defineCommand({
        name: 'pond',
        description: 'Ponds',
        permissions: 1n << 5n,
        guildOnly: true,
        subcommands: {
          dig: defineSubcommand({
            description: 'Dig one',
            options: { where: channelOption({ description: 'Where', types: [ChannelType.GuildText] }) },
            run,
          }),
        },
      }),
    );
    assert.equal(body.default_member_permissions, '32');
    assert.deepEqual(body.contexts, [0]);
    assert.deepEqual('options' in body && body.options, [
      {
        type: 1,
        name: 'dig',
        description: 'Dig one',
        options: [{ name: 'where', type: 7, description: 'Where', required: false, channel_types: [0] }],
      },
    ]);
  });

  test('the names of all features differ, and their intents are asked for together', () => {
    const names = commandsOf(features).map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)]);
    assert.equal(
      intentsOf([
        { name: 'a', title: fixtureTitle, intents: [1, 512], commands: [] },
        { name: 'b', title: fixtureTitle, intents: [512, 32_768], commands: [] },
      ]),
      33_281,
    );
  });
});
