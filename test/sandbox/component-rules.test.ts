import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageFlags } from 'discord-api-types/v10';
import { eventually } from '../helpers/eventually.ts';
import { stage } from './interaction-stage.ts';

type Case = readonly [
  name: string,
  component: object | readonly object[],
  path: string,
  code: string,
  flags?: number,
];

const v2 = MessageFlags.IsComponentsV2;
const row = (...components: object[]) => ({ type: 1, components });
const button = (fields: object = {}) => ({ type: 2, style: 1, label: 'l', custom_id: 'c', ...fields });
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: 'l', value: `${index}` }));
const select = (fields: object = {}) => ({ type: 3, custom_id: 's', options: options(2), ...fields });
const text = (content = 'x') => ({ type: 10, content });

const cases: readonly Case[] = [
  [
    'a button without custom_id',
    row(button({ custom_id: undefined })),
    '0.components.0.custom_id',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'a link without url',
    row(button({ style: 5, custom_id: undefined })),
    '0.components.0.url',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'a link with custom_id',
    row(button({ style: 5, url: 'https://example.com' })),
    '0.components.0.custom_id',
    'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
  ],
  [
    'a premium button without sku_id',
    row({ type: 2, style: 6 }),
    '0.components.0.sku_id',
    'BASE_TYPE_REQUIRED',
  ],
  [
    'a button without a name',
    row(button({ label: undefined })),
    '0.components.0.label',
    'BASE_TYPE_REQUIRED',
  ],
  ['a style that is none', row(button({ style: 7 })), '0.components.0.style', 'BASE_TYPE_CHOICES'],
  [
    'a custom_id of 101',
    row(button({ custom_id: 'x'.repeat(101) })),
    '0.components.0.custom_id',
    'BASE_TYPE_BAD_LENGTH',
  ],
  ['a label of 81', row(button({ label: 'x'.repeat(81) })), '0.components.0.label', 'BASE_TYPE_MAX_LENGTH'],
  ['an empty row', row(), '0.components', 'BASE_TYPE_BAD_LENGTH'],
  ['two selects in a row', row(select(), select({ custom_id: 't' })), '0.components', 'BASE_TYPE_BAD_LENGTH'],
  [
    'an input in a message',
    row({ type: 4, custom_id: 'i', style: 1, label: 'l' }),
    '0.components.0.type',
    'UNION_TYPE_CHOICES',
  ],
  ['no type', row({ style: 1 }), '0.components.0.type', 'BASE_TYPE_REQUIRED'],
  ['26 options', row(select({ options: options(26) })), '0.components.0.options', 'BASE_TYPE_BAD_LENGTH'],
  ['no options', row(select({ options: undefined })), '0.components.0.options', 'BASE_TYPE_REQUIRED'],
  [
    'more to choose than options',
    row(select({ max_values: 3 })),
    '0.components.0.options',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'min above max',
    row({ type: 5, custom_id: 's', min_values: 3, max_values: 2 }),
    '0.components.0.min_values',
    'NUMBER_TYPE_MAX',
  ],
  [
    'an option twice',
    row(select({ options: [...options(1), ...options(1)] })),
    '0.components.0.options.1.value',
    'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  [
    'two defaults of one',
    row(select({ options: options(2).map((each) => ({ ...each, default: true })) })),
    '0.components.0.options',
    'BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a role chosen beforehand in a user select',
    row({ type: 5, custom_id: 's', default_values: [{ id: '1', type: 'role' }] }),
    '0.components.0.default_values.0.type',
    'BASE_TYPE_CHOICES',
  ],
  ['text without the flag', text(), '0.type', 'UNION_TYPE_CHOICES'],
  ['an empty text', text(''), '0.content', 'BASE_TYPE_BAD_LENGTH', v2],
  [
    '4,001 characters in two texts',
    [text('x'.repeat(4_000)), text()],
    '',
    'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    v2,
  ],
  [
    '41 components',
    Array.from({ length: 41 }, () => ({ type: 14 })),
    '',
    'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
    v2,
  ],
  ['a section without accessory', { type: 9, components: [text()] }, '0.accessory', 'BASE_TYPE_REQUIRED', v2],
  [
    'four texts in a section',
    { type: 9, components: [text(), text(), text(), text()], accessory: button() },
    '0.components',
    'BASE_TYPE_BAD_LENGTH',
    v2,
  ],
  ['an empty gallery', { type: 12, items: [] }, '0.items', 'BASE_TYPE_BAD_LENGTH', v2],
  [
    'media of another scheme',
    { type: 12, items: [{ media: { url: 'ftp://example.com/a' } }] },
    '0.items.0.media.url',
    'URL_TYPE_INVALID_SCHEME',
    v2,
  ],
  [
    'a file from elsewhere',
    { type: 13, file: { url: 'https://example.com/a' } },
    '0.file.url',
    'UNFURLED_MEDIA_ITEM_ATTACHMENT_REFERENCE_REQUIRED',
    v2,
  ],
  [
    'a file that was not sent',
    { type: 13, file: { url: 'attachment://a.txt' } },
    '',
    'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
    v2,
  ],
  ['a spacing that is none', { type: 14, spacing: 3 }, '0.spacing', 'BASE_TYPE_CHOICES', v2],
  [
    'a container in a container',
    { type: 17, components: [{ type: 17, components: [text()] }] },
    '0.components.0.type',
    'UNION_TYPE_CHOICES',
    v2,
  ],
  [
    'a colour beyond white',
    { type: 17, accent_color: 0x1_00_00_00, components: [text()] },
    '0.accent_color',
    'NUMBER_TYPE_MAX',
    v2,
  ],
  [
    'a label outside a modal',
    { type: 18, label: 'l', component: button() },
    '0.type',
    'UNION_TYPE_CHOICES',
    v2,
  ],
];

test('a component that Discord refuses is refused at its place, with its code; in edits too', async () => {
  await using scene = await stage(() => Promise.resolve());
  const { channels } = scene.bot.api;
  const legacy = await channels.createMessage(scene.channelId, { content: 'x' });
  const modern = await channels.createMessage(scene.channelId, {
    components: [{ type: 10, content: 'x' }],
    flags: v2,
  });
  for (const [name, component, path, code, flags = 0] of cases) {
    const components = [component].flat() as never[];
    const check = (error: { code: unknown; rawError: { errors?: unknown } }): true => {
      assert.equal(error.code, 50035, name);
      let node = error.rawError.errors as Record<string, unknown>;
      for (const step of ['components', ...path.split('.')].filter(Boolean)) {
        node = (node[step] ?? {}) as Record<string, unknown>;
      }
      const found = (node['_errors'] ?? []) as readonly { code: string }[];
      assert.deepEqual(
        found.map((each) => each.code),
        [code],
        `${name}: ${JSON.stringify(error.rawError)}`,
      );
      return true;
    };
    await assert.rejects(channels.createMessage(scene.channelId, { components, flags }), check);
    const { id } = flags === 0 ? legacy : modern;
    await assert.rejects(channels.editMessage(scene.channelId, id, { components, flags }), check);
  }
});

test('an edit cannot empty a message, nor turn one with text into Components V2 as it is', async () => {
  await using scene = await stage(() => Promise.resolve());
  const { channels } = scene.bot.api;
  const { id } = await channels.createMessage(scene.channelId, { content: 'x' });
  await assert.rejects(channels.editMessage(scene.channelId, id, { content: '' }), { code: 50006 });
  const components = [{ type: 10, content: 'y' }] as const;
  await assert.rejects(
    channels.editMessage(scene.channelId, id, { components: [...components], flags: v2 }),
    {
      code: 50035,
    },
  );
  const edited = await channels.editMessage(scene.channelId, id, {
    content: null,
    components: [...components],
    flags: v2,
  });
  assert.deepEqual([edited.content, edited.flags], ['', v2]);
});

test('mentions are those of the text, as far as they are allowed', async () => {
  await using scene = await stage(() => Promise.resolve());
  const { channels } = scene.bot.api;
  const [one, two] = scene.guild.members;
  const content = `<@${one?.id}> <@!${two?.id}> <@&${scene.guild.roles[1]?.id}> @everyone`;
  const ids = async (allowed_mentions?: object) => {
    const body = { content, ...(allowed_mentions && { allowed_mentions }) };
    const { mentions, mention_everyone } = await channels.createMessage(scene.channelId, body);
    // The bot may not mention everyone.
    assert.equal(mention_everyone, false);
    return mentions.map(({ id }) => id);
  };
  assert.deepEqual(await ids(), [one?.id, two?.id]);
  assert.deepEqual(await ids({ parse: [] }), []);
  assert.deepEqual(await ids({ users: [two?.id] }), [two?.id]);
  await assert.rejects(ids({ parse: ['users'], users: [two?.id] }), { code: 50035 });
});

test('a nonce that is enforced makes one message of two', async () => {
  await using scene = await stage(() => Promise.resolve());
  const { channels } = scene.bot.api;
  const post = (enforce_nonce: boolean) =>
    channels.createMessage(scene.channelId, { content: 'x', nonce: 'n', enforce_nonce });
  const first = await post(true);
  assert.equal((await post(true)).id, first.id);
  assert.notEqual((await post(false)).id, first.id);
  await eventually('two messages', () => scene.bot.of('MESSAGE_CREATE' as never).length === 2);
});
