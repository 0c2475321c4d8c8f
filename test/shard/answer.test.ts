import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { describe, test } from 'node:test';
import type { APIInteraction } from 'discord-api-types/v10';
import { createDiscordRest } from '../../src/discord/discord.ts';
import { Answer } from '../../src/shard/answer.ts';
import { json, UpstreamServer } from '../helpers/upstream-server.ts';

const interaction = { id: '1', application_id: '2', token: 'token' } as APIInteraction;

/** Takes the first answer and loses its response on the way, so that the HTTP client sends it once more. */
function losesFirst(): RequestListener {
  let taken = false;
  return ({ url = '', socket }, response) => {
    if (!url.includes('/callback')) return json(response, { id: '3' });
    if (!taken) socket.resetAndDestroy();
    else {
      response.statusCode = 400;
      json(response, { code: 40_060, message: 'Interaction has already been acknowledged.' });
    }
    taken = true;
  };
}

describe('a first answer that reached Discord though its response was lost', () => {
  const cases: readonly {
    readonly name: string;
    readonly updates?: boolean;
    readonly say: (answer: Answer) => Promise<void>;
    readonly calls: readonly string[];
  }[] = [
    { name: 'a reply', say: (answer) => answer.reply('fish'), calls: ['PATCH'] },
    { name: 'an update', updates: true, say: (answer) => answer.update('fish'), calls: ['PATCH'] },
    { name: 'a reply to a button', updates: true, say: (answer) => answer.reply('fish'), calls: [] },
    {
      name: 'a modal',
      say: (answer) => answer.modal({ custom_id: 'm', title: 'm', components: [] }),
      calls: [],
    },
    {
      name: 'a deferral',
      say: async (answer) => {
        await answer.defer();
        await answer.reply('fish');
      },
      calls: ['PATCH'],
    },
  ];
  for (const { name, updates = false, say, calls } of cases) {
    test(`${name} counts as given`, async () => {
      await using discord = await UpstreamServer.start();
      const lost = losesFirst();
      const methods: string[] = [];
      discord.answer = (request, response) => {
        if (request.url?.includes('/callback') === false) methods.push(request.method ?? '');
        lost(request, response);
      };
      const { api } = createDiscordRest({ token: 'fake', apiUrl: discord.url, onUnauthorized: () => {} });
      let firsts = 0;
      const answer = new Answer(api, interaction, { ephemeral: false, updates }, () => firsts++);
      await say(answer);
      assert.deepEqual([answer.given, firsts, methods], [true, 1, calls]);
    });
  }

  test('another refusal is none that was given', async () => {
    await using discord = await UpstreamServer.start();
    discord.answer = (_request, response) => {
      response.statusCode = 404;
      json(response, { code: 10_062, message: 'Unknown interaction' });
    };
    const { api } = createDiscordRest({ token: 'fake', apiUrl: discord.url, onUnauthorized: () => {} });
    const answer = new Answer(api, interaction, { ephemeral: false, updates: false }, () => assert.fail());
    await assert.rejects(answer.reply('fish'), { code: 10_062 });
    assert.equal(answer.given, false);
  });
});
