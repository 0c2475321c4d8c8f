import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageFlags, type APIInteraction } from 'discord-api-types/v10';
import type { API } from '@discordjs/core';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { eventually } from '../helpers/eventually.ts';
import { startArena, type Arena } from './arena.ts';
import { makeBot, type Bot } from './bot.ts';

type Stage = AsyncDisposable &
  Arena & {
    readonly bot: Bot;
    readonly run: Arena['client']['runCommand'] extends (r: infer R) => infer P
      ? (more?: Partial<R>) => P
      : never;
  };

/** A sandbox with a bot that registered /ping and answers it with `handle`. */
async function stage(
  handle: (interaction: APIInteraction, api: API) => Promise<unknown>,
  options: SandboxOptions = {},
): Promise<Stage> {
  const arena = await startArena(options);
  const bot = makeBot(arena.sandbox);
  bot.onInteraction(handle);
  await bot.connect();
  await bot.api.applicationCommands.bulkOverwriteGlobalCommands(arena.sandbox.applicationId, [
    { name: 'ping', description: 'd' },
  ]);
  return {
    ...arena,
    bot,
    run: (more = {}) => arena.client.runCommand({ guildId: arena.guild.id, command: 'ping', ...more }),
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]();
      await arena[Symbol.asyncDispose]();
    },
  };
}

test('a command is answered and the member sees the answer', async () => {
  await using scene = await stage(({ id, token }, api) =>
    api.interactions.reply(id, token, {
      content: 'pong',
      embeds: [{ title: 'T' }],
      flags: MessageFlags.Ephemeral,
    }),
  );
  const sight = await scene.run();
  assert.deepEqual(
    [sight.state, sight.content, sight.ephemeral, sight.shardId],
    ['answered', 'pong', true, 0],
  );
  assert.deepEqual(sight.embeds, [{ type: 'rich', title: 'T' }]);
  assert.equal(typeof sight.answeredInMs, 'number');
});

test('a deferred answer is shown once it is edited, a follow-up after it', async () => {
  await using scene = await stage(async ({ id, token, application_id }, api) => {
    await api.interactions.defer(id, token, { flags: MessageFlags.Ephemeral });
    assert.equal((await api.interactions.getOriginalReply(application_id, token)).flags, 64 | 128);
    await api.interactions.editReply(application_id, token, { content: 'done' });
    const more = await api.interactions.followUp(application_id, token, { content: 'more' });
    await api.webhooks.editMessage(application_id, token, more.id, { content: 'more, edited' });
  });
  const sight = await scene.run();
  assert.deepEqual([sight.state, sight.content, sight.ephemeral], ['answered', 'done', true]);
  const later = await eventually('the edited follow-up', async () => {
    const now = await scene.client.interaction(sight.interactionId);
    return now.followUps[0]?.content === 'more, edited' && now;
  });
  assert.deepEqual(
    later.followUps.map(({ ephemeral }) => ephemeral),
    [false],
  );
});

test('a deferred answer that nobody edits stays at thinking', async () => {
  await using scene = await stage(({ id, token }, api) => api.interactions.defer(id, token));
  assert.equal((await scene.run({ waitMs: 300 })).state, 'thinking');
});

test('what is waited for is the time after a deferral, not that before it', async () => {
  await using scene = await stage(({ id, token }, api) =>
    api.interactions.reply(id, token, { content: 'there' }),
  );
  assert.equal((await scene.run({ waitMs: 0 })).content, 'there');
});

test('the first follow-up to a deferred answer takes its place', async () => {
  await using scene = await stage(async ({ id, token, application_id }, api) => {
    await api.interactions.defer(id, token);
    await api.interactions.followUp(application_id, token, { content: 'here' });
  });
  const sight = await scene.run();
  assert.deepEqual([sight.content, sight.followUps], ['here', []]);
});

test('no answer within 3 s fails, and the late one is told 10062', async () => {
  const codes: unknown[] = [];
  const waiting = Promise.withResolvers<void>();
  await using scene = await stage(async ({ id, token, application_id }, api) => {
    await waiting.promise;
    await api.interactions
      .reply(id, token, { content: 'late' })
      .catch((error: { code: unknown }) => codes.push(error.code));
    await api.interactions
      .followUp(application_id, token, { content: 'late' })
      .catch((error: { code: unknown }) => codes.push(error.code));
  });
  const before = performance.now();
  const sight = await scene.run();
  assert.ok(performance.now() - before >= 2_990);
  assert.deepEqual(
    [sight.state, sight.content, sight.answeredInMs],
    ['failed', 'This interaction failed', null],
  );
  waiting.resolve();
  await eventually('both refusals', () => codes.length === 2);
  assert.deepEqual(codes, [10062, 10015]);
});

test('a second answer is told 40060', async () => {
  const codes: unknown[] = [];
  await using scene = await stage(async ({ id, token }, api) => {
    await api.interactions.reply(id, token, { content: 'one' });
    await api.interactions
      .reply(id, token, { content: 'two' })
      .catch((error: { code: unknown }) => codes.push(error.code));
  });
  assert.equal((await scene.run()).content, 'one');
  await eventually('the refusal', () => codes.length === 1);
  assert.deepEqual(codes, [40060]);
});

test('a token is of no use after its lifetime', async () => {
  const codes: unknown[] = [];
  await using scene = await stage(
    async ({ id, token, application_id }, api) => {
      await api.interactions.reply(id, token, { content: 'one' });
      await api.interactions
        .editReply(application_id, token, { content: 'two' })
        .catch((error: { code: unknown }) => codes.push(error.code));
    },
    { timing: { interactionLifetimeMs: 0 } },
  );
  await scene.run();
  await eventually('the refusal', () => codes.length === 1);
  assert.deepEqual(codes, [50027]);
});

test('the response that was asked for tells the message, which can be read and deleted', async () => {
  await using scene = await stage(async ({ id, token, application_id }, api) => {
    const response = await api.interactions.reply(id, token, { content: 'pong', with_response: true });
    const message = await api.interactions.getOriginalReply(application_id, token);
    assert.deepEqual(response.resource?.message, message);
    assert.equal(response.interaction.response_message_id, message.id);
    assert.equal(message.interaction_metadata?.id, id);
    await api.interactions.deleteReply(application_id, token);
    await assert.rejects(api.interactions.getOriginalReply(application_id, token), { code: 10008 });
    await api.interactions.followUp(application_id, token, { content: 'all of it held' });
  });
  const { interactionId } = await scene.run();
  const sight = await eventually('the follow-up', async () => {
    const now = await scene.client.interaction(interactionId);
    return now.followUps.length === 1 && now;
  });
  assert.deepEqual([sight.content, sight.followUps[0]?.content], ['', 'all of it held']);
});

test('a modal is shown', async () => {
  await using scene = await stage(({ id, token }, api) =>
    api.interactions.createModal(id, token, {
      custom_id: 'm',
      title: 'Title',
      components: [{ type: 1, components: [{ type: 4, custom_id: 'c', label: 'l', style: 1 }] }],
    }),
  );
  const sight = await scene.run();
  assert.deepEqual([sight.state, sight.modal?.title], ['answered', 'Title']);
});

test('a form with a payload_json is read like JSON', async () => {
  await using scene = await stage(({ id, token }, api) =>
    api.interactions.reply(id, token, {
      content: 'with a file',
      files: [{ name: 'a.txt', data: Buffer.from('a') }],
    }),
  );
  assert.equal((await scene.run()).content, 'with a file');
});

const refused: readonly { name: string; body: object; code: number; path?: string }[] = [
  { name: 'nothing in it', body: {}, code: 50006 },
  { name: 'white space alone', body: { content: ' \n\t' }, code: 50006 },
  { name: '2,001 characters', body: { content: 'x'.repeat(2_001) }, code: 50035, path: 'data.content' },
  {
    name: 'an embed that leads nowhere',
    body: { embeds: [{ title: 'T', url: 'nowhere' }] },
    code: 50035,
    path: 'data.embeds.0.url',
  },
  {
    name: 'an embed of no time',
    body: { embeds: [{ title: 'T', timestamp: 'soon' }] },
    code: 50035,
    path: 'data.embeds.0.timestamp',
  },
  {
    name: '11 embeds',
    body: { embeds: Array.from({ length: 11 }, () => ({ title: 'T' })) },
    code: 50035,
    path: 'data.embeds',
  },
  {
    name: '6,001 characters over its embeds',
    body: { embeds: [{ description: 'x'.repeat(3_000) }, { description: 'x'.repeat(3_001) }] },
    code: 50035,
    path: 'data.embeds',
  },
  {
    name: 'a field without a value',
    body: { embeds: [{ fields: [{ name: 'n', value: '' }] }] },
    code: 50035,
    path: 'data.embeds.0.fields.0.value',
  },
  {
    name: '6 rows',
    body: {
      components: Array.from({ length: 6 }, (_, i) => ({
        type: 1,
        components: [{ type: 2, style: 1, label: 'l', custom_id: `${i}` }],
      })),
    },
    code: 50035,
    path: 'data.components',
  },
  {
    name: 'one custom_id twice',
    body: {
      components: [
        { type: 1, components: [1, 2].map(() => ({ type: 2, style: 1, label: 'l', custom_id: 'c' })) },
      ],
    },
    code: 50035,
    path: 'data.components.0.components.1.custom_id',
  },
  {
    name: 'content beside Components V2',
    body: { content: 'x', flags: MessageFlags.IsComponentsV2, components: [{ type: 10, content: 'y' }] },
    code: 50035,
    path: 'data.content',
  },
];

test('a message that Discord refuses is refused with its code, and can still be answered well', async () => {
  const seen: unknown[] = [];
  await using scene = await stage(async ({ id, token }, api) => {
    for (const { body } of refused) {
      await api.interactions
        .reply(id, token, body)
        .catch((error: { code: unknown; rawError: unknown }) => seen.push(error));
    }
    await api.interactions.reply(id, token, { content: 'at last' });
  });
  assert.equal((await scene.run()).content, 'at last');
  for (const [index, { name, code, path }] of refused.entries()) {
    const { code: given, rawError } = seen[index] as { code: unknown; rawError: { errors?: unknown } };
    assert.equal(given, code, name);
    let node = (rawError.errors ?? {}) as Record<string, unknown>;
    for (const step of path?.split('.') ?? []) node = (node[step] ?? {}) as Record<string, unknown>;
    assert.equal(Array.isArray(node['_errors']), path !== undefined, `${name}: ${JSON.stringify(rawError)}`);
  }
});
