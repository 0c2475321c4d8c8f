import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ButtonStyle,
  ComponentType,
  GatewayDispatchEvents,
  InteractionType,
  MessageFlags,
  MessageType,
  type APIInteraction,
  type APIMessageComponentInteraction,
} from 'discord-api-types/v10';
import { eventually } from '../helpers/eventually.ts';
import { memberOf } from './arena.ts';
import { stage, type Handle } from './interaction-stage.ts';

const rows = [
  {
    type: ComponentType.ActionRow,
    components: [
      { type: ComponentType.Button, style: ButtonStyle.Primary, label: 'Go', custom_id: 'go' },
      { type: ComponentType.Button, style: ButtonStyle.Danger, label: 'No', custom_id: 'no', disabled: true },
      { type: ComponentType.Button, style: ButtonStyle.Link, label: 'Site', url: 'https://example.com/' },
    ],
  },
  {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: 'colour',
        max_values: 2,
        options: ['red', 'green', 'blue'].map((value) => ({ label: value, value })),
      },
    ],
  },
  {
    type: ComponentType.ActionRow,
    components: [{ type: ComponentType.MentionableSelect, custom_id: 'who', min_values: 0, max_values: 3 }],
  },
] as const;

/** Shows the rows to a command, and does with a component what the test says. */
function bot(
  onComponent: (used: APIMessageComponentInteraction, api: Parameters<Handle>[1]) => Promise<unknown>,
  flags = 0,
): Handle {
  return (interaction: APIInteraction, api) =>
    interaction.type === InteractionType.MessageComponent
      ? onComponent(interaction, api)
      : api.interactions.reply(interaction.id, interaction.token, {
          content: 'choose',
          components: rows as never,
          flags,
        });
}

test('a button carries the message as it is kept, and its answer updates that message', async () => {
  await using scene = await stage(
    bot(({ id, token }, api) =>
      api.interactions.updateMessage(id, token, { content: 'done', components: [] }),
    ),
  );
  const shown = await scene.show();
  const kept = await scene.bot.api.channels.getMessage(shown.channelId, shown.message?.id ?? '');
  const used = await scene.use(shown, 'go');
  const { type, message, data } = scene.last() as APIMessageComponentInteraction;
  assert.equal(type, InteractionType.MessageComponent);
  assert.deepEqual([data.custom_id, data.component_type], ['go', ComponentType.Button]);
  assert.deepEqual(message, kept);
  assert.deepEqual([used.state, used.content, used.type], ['answered', 'done', 3]);
  assert.equal(used.message?.id, shown.message?.id);
  assert.equal((await scene.client.interaction(shown.interactionId)).content, 'done');
  assert.equal((await scene.heard(GatewayDispatchEvents.MessageUpdate))['content'], 'done');
});

test('a deferred update shows nothing, and @original is then the component’s message', async () => {
  await using scene = await stage(
    bot(async ({ id, token, application_id }, api) => {
      await api.interactions.deferMessageUpdate(id, token);
      await api.interactions.editReply(application_id, token, { content: 'edited' });
      await api.interactions.followUp(application_id, token, {
        content: 'more',
        flags: MessageFlags.Ephemeral,
      });
    }),
  );
  const shown = await scene.show();
  const used = await scene.use(shown, 'go');
  const later = await eventually('the follow-up', async () => {
    const now = await scene.client.interaction(used.interactionId);
    return now.followUps.length === 1 && now;
  });
  assert.deepEqual([later.content, later.message?.id], ['edited', shown.message?.id]);
  assert.deepEqual([later.followUps[0]?.content, later.followUps[0]?.ephemeral], ['more', true]);
});

test('a reply to a component is a message of its own that refers to the component’s', async () => {
  await using scene = await stage(
    bot(({ id, token }, api) => api.interactions.reply(id, token, { content: 'mine' })),
  );
  const shown = await scene.show();
  const { message } = await scene.use(shown, 'go');
  assert.equal(message?.type, MessageType.Reply);
  assert.equal(message.message_reference?.message_id, shown.message?.id);
  const metadata = message.interaction_metadata;
  assert.ok(metadata && 'interacted_message_id' in metadata);
  assert.equal(metadata.interacted_message_id, shown.message?.id);
});

test('select menus send what was chosen, and resolve members and roles', async () => {
  await using scene = await stage(
    bot(({ id, token }, api) => api.interactions.deferMessageUpdate(id, token)),
  );
  const shown = await scene.show();
  await scene.use(shown, 'colour', ['red', 'blue']);
  const { data } = scene.last() as APIMessageComponentInteraction;
  assert.ok(data.component_type === ComponentType.StringSelect);
  assert.deepEqual(data.values, ['red', 'blue']);
  const owner = memberOf(scene.guild, 'owner');
  const role = scene.guild.roles[1]?.id ?? '';
  await scene.use(shown, 'who', [owner, role]);
  const chosen = (scene.last() as APIMessageComponentInteraction).data;
  assert.ok(chosen.component_type === ComponentType.MentionableSelect);
  assert.deepEqual(Object.keys(chosen.resolved.users ?? {}), [owner]);
  assert.deepEqual(Object.keys(chosen.resolved.members ?? {}), [owner]);
  assert.deepEqual(Object.keys(chosen.resolved.roles ?? {}), [role]);
});

test('what Discord’s client would not send is refused with a reason', async () => {
  await using scene = await stage(
    bot(({ id, token }, api) => api.interactions.deferMessageUpdate(id, token)),
  );
  const shown = await scene.show();
  const refused: readonly [string, readonly string[] | undefined, RegExp][] = [
    ['no', undefined, /"no" is disabled/],
    ['https://example.com/', undefined, /a link button sends the bot nothing/],
    ['other', undefined, /there is no component "other"/],
    ['go', ['x'], /takes no values/],
    ['colour', [], /takes 1 to 2 values, not 0/],
    ['colour', ['red', 'green', 'blue'], /takes 1 to 2 values, not 3/],
    ['colour', ['pink'], /does not offer the value "pink"/],
    ['colour', ['red', 'red'], /chosen twice/],
    ['who', [scene.channelId], /does not offer/],
  ];
  for (const [customId, values, says] of refused) {
    await assert.rejects(scene.use(shown, customId, values), says);
  }
  assert.equal(scene.bot.of(GatewayDispatchEvents.InteractionCreate).length, 1);
});

test('an ephemeral message is there for its member alone, and for no one by REST', async () => {
  await using scene = await stage(
    bot(
      ({ id, token }, api) => api.interactions.updateMessage(id, token, { content: 'secret' }),
      MessageFlags.Ephemeral,
    ),
  );
  const shown = await scene.show();
  const messageId = shown.message?.id ?? '';
  const other = {
    channelId: shown.channelId,
    messageId,
    customId: 'go',
    userId: memberOf(scene.guild, 'owner'),
  };
  await assert.rejects(scene.client.useComponent(other), /sees no message/);
  await assert.rejects(scene.bot.api.channels.getMessage(shown.channelId, messageId), { code: 10008 });
  assert.deepEqual(await scene.bot.api.channels.getMessages(shown.channelId), []);
  const used = await scene.use(shown, 'go');
  assert.deepEqual([used.content, used.ephemeral], ['secret', true]);
  assert.deepEqual(scene.bot.of(GatewayDispatchEvents.MessageCreate), []);
});

test('an answer is a message of its channel: dispatched, readable, deletable', async () => {
  await using scene = await stage(bot(() => Promise.resolve()));
  const shown = await scene.show();
  const { channels } = scene.bot.api;
  const created = await scene.heard(GatewayDispatchEvents.MessageCreate);
  assert.deepEqual([created['id'], created['guild_id']], [shown.message?.id, scene.guild.id]);
  const [listed] = await channels.getMessages(shown.channelId);
  assert.deepEqual(listed, shown.message);
  await channels.addMessageReaction(shown.channelId, shown.message?.id ?? '', '👍');
  const { application_id, token } = scene.last();
  const original = await scene.bot.api.interactions.getOriginalReply(application_id, token);
  assert.equal(original.reactions?.[0]?.count, 1);
  await channels.deleteMessage(shown.channelId, shown.message?.id ?? '');
  await assert.rejects(scene.bot.api.interactions.getOriginalReply(application_id, token), { code: 10008 });
  assert.equal((await scene.heard(GatewayDispatchEvents.MessageDelete))['id'], shown.message?.id);
  assert.equal((await scene.client.interaction(shown.interactionId)).message, null);
});

function told(choices: string): object {
  const error = { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${choices}}.` };
  return { type: { _errors: [error] } };
}

test('each kind of interaction takes its own kinds of callback', async () => {
  const autocompleted = { choices: [] };
  await using scene = await stage(async (interaction, api) => {
    const route = `/interactions/${interaction.id}/${interaction.token}/callback` as const;
    const isComponent = interaction.type === InteractionType.MessageComponent;
    for (const type of isComponent ? [1, 8, 12] : [1, 6, 7, 8, 12]) {
      const body = { type, ...(type === 8 && { data: autocompleted }) };
      await api.rest.post(route, { body, auth: false }).catch((error: unknown) => {
        scene.refusals.push(error as (typeof scene.refusals)[number]);
      });
    }
    await bot(({ id, token }) => api.interactions.deferMessageUpdate(id, token))(interaction, api);
  });
  const shown = await scene.show();
  assert.equal(shown.content, 'choose');
  assert.equal((await scene.use(shown, 'go')).state, 'answered');
  assert.deepEqual(
    scene.refusals.map(({ rawError }) => rawError.errors),
    [
      ...Array.from({ length: 5 }, () => told('4, 5, 9')),
      ...Array.from({ length: 3 }, () => told('4, 5, 6, 7, 9')),
    ],
  );
});

test('Components V2: what is nested is shown with ids and defaults, and cannot have content', async () => {
  const flags = MessageFlags.IsComponentsV2;
  const components = [
    {
      type: ComponentType.Container,
      accent_color: 0xff,
      components: [
        { type: ComponentType.TextDisplay, content: '# Title' },
        {
          type: ComponentType.Section,
          components: [{ type: ComponentType.TextDisplay, content: 'text' }],
          accessory: { type: ComponentType.Button, style: ButtonStyle.Primary, label: 'Go', custom_id: 'go' },
        },
        { type: ComponentType.Separator },
        {
          type: ComponentType.MediaGallery,
          items: [{ media: { url: 'https://example.com/a.png' }, description: 'a' }],
        },
      ],
    },
  ] satisfies readonly object[];
  await using scene = await stage(async ({ id, token, application_id, type }, api) => {
    if (type === InteractionType.MessageComponent) {
      await api.interactions.updateMessage(id, token, { components: [{ type: 10, content: 'gone' }] });
      return;
    }
    await api.interactions.reply(id, token, { flags, components: components as never });
    await api.interactions.editReply(application_id, token, { content: 'no' });
  });
  const shown = await scene.show();
  const [container] = shown.components;
  assert.ok(container?.type === ComponentType.Container);
  assert.deepEqual(
    [container.id, container.spoiler, container.components.map(({ id, type }) => [id, type])],
    [
      1,
      false,
      [
        [2, 10],
        [3, 9],
        [6, 14],
        [7, 12],
      ],
    ],
  );
  await eventually('the refusal', () => scene.refusals.length === 1);
  assert.equal(scene.refusals[0]?.code, 50035);
  const used = await scene.use(shown, 'go');
  assert.deepEqual(used.components, [{ type: 10, id: 1, content: 'gone' }]);
});
