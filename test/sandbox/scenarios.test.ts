import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  ComponentType,
  GatewayDispatchEvents,
  InteractionType,
  type APIApplicationCommandInteraction,
  type APIInteraction,
  type GatewayGuildMemberAddDispatchData,
  type GatewayMessageCreateDispatchData,
} from 'discord-api-types/v10';
import type { API } from '@discordjs/core';
import type { StartScenarioRequest } from '../../src/sandbox/client.ts';
import { scenarioNames } from '../../src/sandbox/people/scenario-files.ts';
import { ended, people } from './people-stage.ts';

type Plan = NonNullable<StartScenarioRequest['plan']>;

const pong = (interaction: APIInteraction, api: API) =>
  api.interactions.reply(interaction.id, interaction.token, { content: 'pong' });
const ping = [{ name: 'ping', description: 'Answers.' }];

function plan(phase: Partial<Plan['phases'][number]> & Pick<Plan['phases'][number], 'rates'>): Plan {
  return { title: 'A test', phases: [{ for: '2s', ...phase }] };
}

async function said(seed: number): Promise<string[]> {
  await using stage = await people([], pong, { guilds: 3 });
  const { id } = await stage.client.startScenario({ plan: plan({ rates: { messages: 60 } }), seed });
  const { figures } = await ended(stage.client, id);
  const messages = stage.bot.of(GatewayDispatchEvents.MessageCreate).map(({ d }) => {
    const { channel_id, author, content } = d as GatewayMessageCreateDispatchData;
    return `${channel_id} ${author.username}: ${content}`;
  });
  assert.equal(messages.length, figures.messages.sent);
  return messages;
}

test('the same seed does the same things, another one others', async () => {
  const [one, again, other] = [await said(5), await said(5), await said(6)];
  assert.ok(one.length > 60, `${one.length} messages`);
  assert.deepEqual(one, again);
  assert.notDeepEqual(one, other);
});

test('people do not wait for a bot that hangs', async () => {
  await using stage = await people(ping, pong, { timing: { firstAnswerMs: 3_000 } });
  const rates = { interactions: 40, messages: 20 };
  const start = { plan: plan({ rates }), seed: 3 };
  const { figures: healthy } = await ended(stage.client, (await stage.client.startScenario(start)).id);
  assert.equal(healthy.interactions.answered, healthy.interactions.sent);
  const route = 'POST /interactions/:id/:token/callback';
  await stage.client.switchOn({ kind: 'rest-latency', route, ms: 3_500 });
  const { figures: hanging } = await ended(stage.client, (await stage.client.startScenario(start)).id);
  assert.ok(healthy.interactions.due > 40);
  assert.equal(hanging.interactions.due, healthy.interactions.due);
  assert.equal(hanging.messages.due, healthy.messages.due);
  assert.equal(hanging.interactions.failed, hanging.interactions.sent);
});

test('raiders join, each of which the bot hears, and post the same link', async () => {
  await using stage = await people([], pong);
  const { id } = await stage.client.startScenario({ name: 'raid', speed: 30 });
  const run = await ended(stage.client, id);
  assert.equal(run.state, 'over', String(run.error));
  const joined = stage.bot
    .of(GatewayDispatchEvents.GuildMemberAdd)
    .map(({ d }) => (d as GatewayGuildMemberAddDispatchData).user.id);
  assert.ok(joined.length > 50, `${joined.length} joined`);
  assert.equal(new Set(joined).size, joined.length);
  assert.deepEqual([run.newcomers, run.figures.joins.sent], [joined.length, joined.length]);
  const links = stage.bot.of(GatewayDispatchEvents.MessageCreate).flatMap(({ d }) => {
    const { content, author } = d as GatewayMessageCreateDispatchData;
    const link = /https:\S+/.exec(content)?.[0];
    return link !== undefined && joined.includes(author.id) ? link : [];
  });
  assert.ok(links.length > 50, `${links.length} links`);
  assert.equal(new Set(links).size, 1);
});

const unheardOf = [
  {
    name: 'sing',
    description: 'A song',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'key',
        description: 'Which',
        required: true,
        choices: [
          { name: 'C', value: 'c' },
          { name: 'D', value: 'd' },
        ],
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'voices',
        description: 'How many',
        min_value: 3,
        max_value: 5,
      },
      {
        type: ApplicationCommandOptionType.Channel,
        name: 'stage',
        description: 'Where',
        channel_types: [ChannelType.GuildText],
      },
      { type: ApplicationCommandOptionType.User, name: 'lead', description: 'Who' },
    ],
  },
  {
    name: 'forest',
    description: 'A walk',
    options: [
      {
        type: ApplicationCommandOptionType.SubcommandGroup,
        name: 'tree',
        description: 'Of it',
        options: [
          {
            type: ApplicationCommandOptionType.Subcommand,
            name: 'climb',
            description: 'Up',
            options: [
              {
                type: ApplicationCommandOptionType.String,
                name: 'branch',
                description: 'Which',
                required: true,
                autocomplete: true,
              },
            ],
          },
        ],
      },
    ],
  },
  { name: 'Wave at', type: ApplicationCommandType.User },
  { name: 'hidden', description: 'Not for members', default_member_permissions: '0' },
] as const;

test('members use a bot of which they know only what it registered', async () => {
  const used = new Map<string, APIApplicationCommandInteraction[]>();
  const kinds = new Set<InteractionType>();
  let filledIn = '';
  const handle = async (interaction: APIInteraction, api: API): Promise<unknown> => {
    const { id, token } = interaction;
    kinds.add(interaction.type);
    if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
      return api.interactions.createAutocompleteResponse(id, token, {
        choices: [{ name: 'Left', value: 'left' }],
      });
    }
    if (interaction.type === InteractionType.MessageComponent) {
      const components = [
        { type: ComponentType.TextInput as const, custom_id: 'why', style: 1, label: 'Why', min_length: 20 },
      ];
      return api.interactions.createModal(id, token, {
        custom_id: 'form',
        title: 'Form',
        components: [{ type: ComponentType.ActionRow, components }],
      });
    }
    if (interaction.type === InteractionType.ModalSubmit)
      filledIn = JSON.stringify(interaction.data.components);
    if (interaction.type === InteractionType.ApplicationCommand) {
      const { name } = interaction.data;
      used.set(name, [...(used.get(name) ?? []), interaction]);
    }
    const button = {
      type: ComponentType.Button as const,
      style: 1 as const,
      custom_id: 'more',
      label: 'More',
    };
    return api.interactions.reply(id, token, {
      content: 'La',
      components: [{ type: ComponentType.ActionRow, components: [button] }],
    });
  };
  await using stage = await people([...unheardOf] as never, handle);
  const rates = { interactions: 1 };
  // Members think faster at a higher speed.
  const twoMinutes = { ...plan({ for: '2m', who: { few: 5 }, rates }), speed: 30 };
  const { id } = await stage.client.startScenario({ plan: twoMinutes });
  const { figures, state, error } = await ended(stage.client, id);
  assert.equal(state, 'over', String(error));
  assert.deepEqual([...used.keys()].toSorted(), ['Wave at', 'forest', 'sing']);
  assert.deepEqual(
    [...kinds].toSorted((one, other) => one - other),
    [2, 3, 4, 5],
  );
  assert.match(filledIn, /"value":"[^"]{20,}"/);
  const climbed = (used.get('forest') ?? []).map(({ data }) => JSON.stringify(data));
  assert.ok(
    climbed.some((data) => /"branch".*"left"/.test(data)),
    'a choice of autocomplete is taken',
  );
  const given = (used.get('sing') ?? []).map(({ data }) => JSON.stringify(data));
  assert.ok(given.some((data) => data.includes('"lead"')) && given.some((data) => !data.includes('"lead"')));
  const { due, sent, refused, answered, failed } = figures.interactions;
  assert.equal(due, sent + refused);
  assert.deepEqual([answered, failed], [sent, 0]);
  assert.deepEqual((await stage.client.report()).lost, []);
});

test('a scenario is stopped, is bounded, and says what is wrong with it', async () => {
  await using stage = await people(ping, pong);
  const { client } = stage;
  const endless = plan({ for: '1h', rates: { messages: 1, interactions: 5 } });
  const [one, two] = [
    await client.startScenario({ plan: endless }),
    await client.startScenario({ plan: endless }),
  ];
  assert.equal(await client.stopScenarios(one.id), 1);
  const states = (await client.runningScenarios()).map(({ id, state }) => [id, state]);
  assert.deepEqual(states, [
    [one.id, 'stopped'],
    [two.id, 'running'],
  ]);
  assert.equal(await client.stopScenarios(), 1);
  await assert.rejects(client.stopScenarios(two.id), /no scenario 2 is running/);
  await assert.rejects(
    client.startScenario({ name: 'riot' }),
    /no scenario "riot"; there are: ladder-evening, .*spam-wave/,
  );
  await assert.rejects(
    client.startScenario({ plan: endless, speed: 10_000 }),
    /60000 acts a second at its peak/,
  );
  await assert.rejects(client.startScenario({ plan: endless, guild_ids: ['1'] }), /no guild 1$/);
  await assert.rejects(client.startScenario({ plan: endless, name: 'raid' }), /either name or plan/);
  await assert.rejects(client.startScenario({ plan: { ...endless, phases: [] } }), /phases/);
});

test('a fault of a scenario strikes when it is due', async () => {
  await using stage = await people(ping, pong);
  const { client } = stage;
  const fault = { kind: 'rest-latency' as const, ms: 1, for_ms: 60_000 };
  const { id } = await client.startScenario({
    plan: plan({ for: '1s', rates: { messages: 1 }, events: [{ at: '300ms', fault }] }),
  });
  assert.deepEqual(await client.faults(), []);
  await ended(client, id);
  assert.deepEqual(
    (await client.faults()).map(({ settings }) => settings.kind),
    ['rest-latency'],
  );
});

describe('each scenario', () => {
  for (const name of scenarioNames()) {
    test(`${name} runs at high speed, and nothing is lost, doubled or refused`, async () => {
      await using stage = await people([{ name: 'queue', description: 'Queue for a match' }, ...ping], pong, {
        guilds: 4,
      });
      const { client } = stage;
      const scenario = (await client.scenarios()).find((each) => each.name === name);
      const { id } = await client.startScenario({ name, speed: (scenario?.totalMs ?? 0) / 6_000 });
      const run = await ended(client, id);
      assert.deepEqual([run.state, run.error], ['over', null]);
      const { lost, doubleAnswers, doubleOwners, identifyViolations, rateLimits } = await client.report();
      assert.deepEqual([lost, doubleAnswers, doubleOwners, identifyViolations], [[], [], [], []]);
      const { user, global, shared, banned } = rateLimits;
      assert.deepEqual([user, global, shared, banned], [0, 0, 0, 0]);
      const { messages, interactions } = run.figures;
      assert.ok(messages.sent > 10, `${messages.sent} messages`);
      assert.deepEqual([interactions.failed, interactions.answered], [0, interactions.sent]);
    });
  }
});
