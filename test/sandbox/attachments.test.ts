import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ApplicationCommandOptionType,
  ComponentType,
  GatewayDispatchEvents,
  MessageFlags,
  type APIChatInputApplicationCommandInteraction,
} from 'discord-api-types/v10';
import { stage } from './interaction-stage.ts';

const nothing = () => Promise.resolve();

/** One white pixel. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);
const gif = Buffer.from('R0lGODlhAwACAIAAAP///wAAACwAAAAAAwACAAACAoRRADs=', 'base64');
/** SOI, an APP0 to be passed over, and a frame of 2 by 5. */
const jpeg = Buffer.from('ffd8ffe000040000ffc0000b080005000201011100ffd9', 'hex');

test('files go with a message, are served back, and an edit keeps, adds and removes them', async () => {
  await using scene = await stage(nothing);
  const { channels } = scene.bot.api;
  const posted = await channels.createMessage(scene.channelId, {
    content: 'files',
    files: [
      { name: 'my notes.txt', data: Buffer.from('notes'), contentType: 'text/plain' },
      { name: 'dot.png', data: png },
    ],
    attachments: [
      { id: '0', description: 'some notes' },
      { id: '1', is_spoiler: true },
    ] as never,
  });
  const [notes, dot] = posted.attachments;
  assert.deepEqual([notes?.filename, notes?.size, notes?.description], ['my_notes.txt', 5, 'some notes']);
  assert.deepEqual(
    [dot?.filename, dot?.width, dot?.height, dot?.content_type],
    ['SPOILER_dot.png', 1, 1, 'image/png'],
  );
  const served = await fetch(notes?.url ?? '');
  assert.equal(await served.text(), 'notes');
  assert.equal(served.headers.get('content-type'), 'text/plain');
  assert.equal(served.headers.get('x-content-type-options'), 'nosniff');
  assert.deepEqual(Buffer.from(await (await fetch(dot?.url ?? '')).arrayBuffer()), png);

  const edited = await channels.editMessage(scene.channelId, posted.id, {
    attachments: [{ id: dot?.id ?? '' }, { id: '0' }] as never,
    files: [{ name: 'new.gif', data: gif }],
  });
  assert.deepEqual(
    edited.attachments.map(({ filename, width, height }) => [filename, width, height]),
    [
      ['SPOILER_dot.png', 1, 1],
      ['new.gif', 3, 2],
    ],
  );
  assert.equal(
    (await channels.editMessage(scene.channelId, posted.id, { content: 'x' })).attachments.length,
    2,
  );
  const unknown = channels.editMessage(scene.channelId, posted.id, { attachments: [{ id: '1' }] as never });
  await assert.rejects(unknown, { code: 50035 });
  const emptied = await channels.editMessage(scene.channelId, posted.id, { attachments: [] });
  assert.deepEqual(emptied.attachments, []);
});

test('a file alone is a message; one that can run a script is for downloading only', async () => {
  await using scene = await stage(nothing);
  const { channels } = scene.bot.api;
  const { attachments } = await channels.createMessage(scene.channelId, {
    files: [
      { name: 'x.html', data: Buffer.from('<script>alert(1)</script>') },
      { name: 'x.svg', data: Buffer.from('<svg onload="alert(1)"/>') },
      { name: 'x.jpg', data: jpeg },
    ],
  });
  assert.deepEqual([attachments[2]?.width, attachments[2]?.height], [2, 5]);
  const dispositions = await Promise.all(
    attachments.map(async ({ url }) => (await fetch(url)).headers.get('content-disposition')),
  );
  assert.deepEqual(dispositions, [
    'attachment; filename="x.html"',
    'attachment; filename="x.svg"',
    'inline; filename="x.jpg"',
  ]);
  const { origin } = new URL(attachments[0]?.url ?? '');
  assert.equal((await fetch(`${origin}/cdn/attachments/1/1/a`)).status, 404);
});

test('a file of more than 10 MiB is refused', async () => {
  await using scene = await stage(nothing);
  const data = Buffer.alloc(10 * 2 ** 20 + 1);
  const posting = scene.bot.api.channels.createMessage(scene.channelId, { files: [{ name: 'a.bin', data }] });
  await assert.rejects(posting, { status: 413, code: 40005 });
});

test('attachment:// in embeds and Components V2 becomes the file’s address', async () => {
  await using scene = await stage(nothing);
  const { channels } = scene.bot.api;
  const files = [{ name: 'dot.png', data: png }];
  const { embeds, attachments } = await channels.createMessage(scene.channelId, {
    embeds: [
      {
        title: 'T',
        image: { url: 'attachment://dot.png' },
        footer: { text: 'f', icon_url: 'attachment://dot.png' },
      },
    ],
    files,
  });
  assert.deepEqual(attachments, []);
  assert.deepEqual([embeds[0]?.image?.width, embeds[0]?.image?.height], [1, 1]);
  assert.equal((await fetch(embeds[0]?.image?.url ?? '')).status, 200);
  assert.equal(embeds[0]?.footer?.icon_url, embeds[0]?.image?.url);
  const { components = [] } = await channels.createMessage(scene.channelId, {
    flags: MessageFlags.IsComponentsV2,
    components: [
      { type: 13, file: { url: 'attachment://dot.png' } },
      { type: 12, items: [{ media: { url: 'attachment://dot.png' }, description: 'a dot' }] },
    ],
    files,
  });
  const [file, gallery] = components;
  assert.ok(file?.type === ComponentType.File && gallery?.type === ComponentType.MediaGallery);
  assert.deepEqual([file.name, file.size], ['dot.png', png.length]);
  assert.equal(file.file.attachment_id, gallery.items[0]?.media.attachment_id);
  assert.equal((await fetch(file.file.url)).status, 200);
});

test('answers and follow-ups take files; those of an ephemeral one lie apart', async () => {
  await using scene = await stage(async ({ id, token, application_id }, api) => {
    await api.interactions.reply(id, token, {
      flags: MessageFlags.Ephemeral,
      files: [{ name: 'a.txt', data: Buffer.from('a') }],
    });
    await api.interactions.editReply(application_id, token, {
      content: 'edited',
      files: [{ name: 'b.txt', data: Buffer.from('b') }],
    });
    await api.interactions.followUp(application_id, token, {
      files: [{ name: 'c.txt', data: Buffer.from('c') }],
    });
  });
  const { interactionId } = await scene.show();
  await scene.heard(GatewayDispatchEvents.MessageCreate);
  const { message } = await scene.client.interaction(interactionId);
  assert.deepEqual(
    message?.attachments.map(({ filename }) => filename),
    ['a.txt', 'b.txt'],
  );
  assert.match(message?.attachments[0]?.url ?? '', /\/cdn\/ephemeral-attachments\//);
  const followUp = await scene.heard(GatewayDispatchEvents.MessageCreate);
  assert.match(JSON.stringify(followUp['attachments']), /\/cdn\/attachments\/\d+\/\d+\/c\.txt/);
});

test('a member sends a file with a command', async () => {
  const options = [{ type: 11 as const, name: 'file', description: 'd', required: true }];
  await using scene = await stage(
    ({ id, token }, api) => api.interactions.reply(id, token, { content: 'ok' }),
    { commands: [{ name: 'send', description: 'd', options }] },
  );
  const run = (file: string | { filename: string; description?: string; data: string }) =>
    scene.client.runCommand({ guildId: scene.guild.id, command: 'send', options: { file } });
  await assert.rejects(run('a.txt'), /option "file" must be a file/);
  await assert.rejects(
    run({ filename: 'a', data: Buffer.alloc(10 * 2 ** 20 + 1).toString('base64') }),
    /too large/,
  );
  await run({ filename: 'a.txt', description: 'about', data: Buffer.from('hello').toString('base64') });
  const { data } = scene.last() as APIChatInputApplicationCommandInteraction;
  const [option] = data.options ?? [];
  assert.ok(option?.type === ApplicationCommandOptionType.Attachment);
  const attachment = data.resolved?.attachments?.[option.value];
  assert.deepEqual(
    [attachment?.filename, attachment?.description, attachment?.ephemeral],
    ['a.txt', 'about', true],
  );
  assert.equal(await (await fetch(attachment?.url ?? '')).text(), 'hello');
});

test('there are pictures for people who have none', async () => {
  await using scene = await stage(nothing);
  const { origin } = new URL(scene.sandbox.controlUrl);
  const picture = await fetch(`${origin}/cdn/embed/avatars/5.png`);
  assert.equal(picture.headers.get('content-type'), 'image/png');
  assert.equal(Buffer.from(await picture.arrayBuffer()).toString('latin1', 1, 4), 'PNG');
  assert.equal((await fetch(`${origin}/cdn/embed/avatars/6.png`)).status, 404);
});
