import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ComponentType,
  InteractionType,
  type APIInteraction,
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmitInteraction,
} from 'discord-api-types/v10';
import { memberOf } from './arena.ts';
import { stage, type Handle } from './interaction-stage.ts';

const label = (component: object) => ({ type: ComponentType.Label, label: 'Label', component });
const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }));

const everything = {
  custom_id: 'm',
  title: 'Title',
  components: [
    label({ type: 4, custom_id: 'text', style: 1, min_length: 2, max_length: 5 }),
    label({ type: 3, custom_id: 'string', options, min_values: 1, max_values: 2 }),
    label({ type: 5, custom_id: 'user' }),
    label({ type: 21, custom_id: 'radio', options }),
    label({ type: 19, custom_id: 'file', required: false, min_values: 0 }),
  ],
} as unknown as APIModalInteractionResponseCallbackData;

const onAComponent = {
  custom_id: 'm2',
  title: 'Title',
  components: [
    { type: 10, content: 'Read this' },
    {
      type: 1,
      components: [{ type: 4, custom_id: 'old', style: 2, label: 'l', required: false, value: 'kept' }],
    },
    label({ type: 22, custom_id: 'boxes', options, min_values: 0, required: false }),
    label({ type: 23, custom_id: 'box' }),
    label({ type: 8, custom_id: 'channel', required: false }),
  ],
} as unknown as APIModalInteractionResponseCallbackData;

/** Opens a modal on a command, or on a button, and tells what was filled in. */
function bot(modal: APIModalInteractionResponseCallbackData): Handle {
  return async (interaction: APIInteraction, api) => {
    const { id, token } = interaction;
    if (interaction.type === InteractionType.ModalSubmit) {
      const body = { content: `got ${interaction.data.custom_id}` };
      await (interaction.message
        ? api.interactions.updateMessage(id, token, body)
        : api.interactions.reply(id, token, body));
      await api.interactions.createModal(id, token, modal);
    } else if (interaction.type === InteractionType.MessageComponent || modal === everything) {
      await api.interactions.createModal(id, token, modal);
    } else {
      const button = { type: 2, style: 1, label: 'Open', custom_id: 'open' } as const;
      await api.interactions.reply(id, token, { components: [{ type: 1, components: [button] }] });
    }
  };
}

test('a modal is filled in and answered; nothing is submitted that does not fit', async () => {
  await using scene = await stage(bot(everything));
  const { interactionId, modal } = await scene.show();
  assert.equal(modal?.custom_id, 'm');
  const submit = (fields: Parameters<typeof scene.client.submitModal>[0]['fields']) =>
    scene.client.submitModal({ interactionId, fields });
  const user = memberOf(scene.guild, 'owner');
  const right = { text: 'abc', string: ['a', 'c'], user: [user], radio: 'b' };
  const refused: readonly [typeof right | object, RegExp][] = [
    [{ ...right, text: 'a' }, /"text" takes 2 to 5 characters, not 1/],
    [{ ...right, text: '' }, /"text" is required/],
    [{ ...right, string: ['a', 'b', 'c'] }, /"string" takes 1 to 2 values, not 3/],
    [{ ...right, string: ['d'] }, /"string" does not offer the value "d"/],
    [{ ...right, user: [] }, /"user" takes 1 to 1 values, not 0/],
    [{ ...right, radio: 'd' }, /"radio" does not offer/],
    [{ ...right, other: 'x' }, /there is no field "other"/],
    [{ ...right, text: ['abc'] }, /"text" takes one text/],
  ];
  for (const [fields, says] of refused) await assert.rejects(submit(fields as typeof right), says);
  const data = Buffer.from('hello').toString('base64');
  const sight = await submit({ ...right, file: [{ filename: 'a.txt', data }] });
  assert.deepEqual([sight.state, sight.content, sight.type], ['answered', 'got m', 5]);
  const submitted = (scene.last() as APIModalSubmitInteraction).data;
  const values = submitted.components.map((each) =>
    each.type === ComponentType.Label ? each.component : each,
  );
  const [text, string, users, radio, file] = values as unknown as readonly {
    value?: string;
    values?: string[];
  }[];
  assert.deepEqual(
    [text?.value, string?.values, users?.values, radio?.value],
    ['abc', ['a', 'c'], [user], 'b'],
  );
  assert.equal(submitted.resolved?.users?.[user]?.id, user);
  const attachment = submitted.resolved?.attachments?.[file?.values?.[0] ?? ''];
  assert.equal(attachment?.filename, 'a.txt');
  assert.equal(await (await fetch(attachment.url)).text(), 'hello');
  assert.ok(
    sight.message?.interaction_metadata &&
      'triggering_interaction_metadata' in sight.message.interaction_metadata,
  );
});

test('a modal that a button opened may update the button’s message, and shows what it was given', async () => {
  await using scene = await stage(bot(onAComponent));
  const shown = await scene.show();
  const pressed = await scene.use(shown, 'open');
  assert.equal(pressed.modal?.custom_id, 'm2');
  const sight = await scene.client.submitModal({
    interactionId: pressed.interactionId,
    fields: { boxes: ['a', 'b'], box: 'true' },
  });
  assert.deepEqual([sight.content, sight.message?.id], ['got m2', shown.message?.id]);
  const { components } = (scene.last() as APIModalSubmitInteraction).data;
  assert.deepEqual(
    JSON.parse(JSON.stringify(components, (key, value: unknown) => (key === 'id' ? undefined : value))),
    [
      { type: 10 },
      { type: 1, components: [{ type: 4, custom_id: 'old', value: 'kept' }] },
      { type: 18, component: { type: 22, custom_id: 'boxes', values: ['a', 'b'] } },
      { type: 18, component: { type: 23, custom_id: 'box', value: true } },
      { type: 18, component: { type: 8, custom_id: 'channel', values: [] } },
    ],
  );
});

test('a modal cannot answer a modal, nor be submitted where there is none', async () => {
  await using scene = await stage(
    async ({ id, token, type }, api) => {
      if (type === InteractionType.ModalSubmit) await api.interactions.createModal(id, token, onAComponent);
      await api.interactions.createModal(id, token, onAComponent);
    },
    { timing: { firstAnswerMs: 2_000 } },
  );
  const { interactionId } = await scene.show();
  const failed = await scene.client.submitModal({ interactionId, fields: {} });
  assert.equal(failed.state, 'failed');
  assert.equal(scene.refusals[0]?.code, 50035);
  await assert.rejects(
    scene.client.submitModal({ interactionId: failed.interactionId, fields: {} }),
    /not answered with a modal/,
  );
  await assert.rejects(
    scene.client.submitModal({ interactionId: '1', fields: {} }),
    /there is no interaction 1/,
  );
});

const wrong: readonly object[] = [
  { ...everything, title: 'x'.repeat(46) },
  { ...everything, components: [] },
  { ...everything, components: Array.from({ length: 6 }, () => ({ type: 10, content: 'x' })) },
  { ...everything, components: [{ type: 1, components: [{ type: 4, custom_id: 'c', style: 1 }] }] },
  {
    ...everything,
    components: [{ type: 1, components: [{ type: 2, custom_id: 'c', style: 1, label: 'l' }] }],
  },
  { ...everything, components: [label({ type: 4, custom_id: 'c', style: 1, min_length: 5, max_length: 2 })] },
  { ...everything, components: [label({ type: 4, custom_id: 'c', style: 3 })] },
  { ...everything, components: [label({ type: 21, custom_id: 'c', options: options.slice(0, 1) })] },
  { ...everything, components: ['c', 'c'].map((custom_id) => label({ type: 23, custom_id })) },
];

test('a modal that Discord refuses is refused', async () => {
  await using scene = await stage(async ({ id, token }, api) => {
    for (const modal of wrong) {
      await api.interactions.createModal(id, token, modal as never).catch((error: unknown) => {
        scene.refusals.push(error as (typeof scene.refusals)[number]);
      });
    }
    await api.interactions.reply(id, token, { content: 'ok' });
  });
  assert.equal((await scene.show()).content, 'ok');
  assert.deepEqual(
    scene.refusals.map(({ code }) => code),
    wrong.map(() => 50035),
  );
});
