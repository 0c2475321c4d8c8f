import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Exchange } from '../helpers/openapi/exchange.ts';
import { openapiJudge, withoutDescription, type Judge } from '../helpers/openapi/openapi.ts';
import { assertFaithful, assertWellSpoken } from '../helpers/openapi/verdict.ts';

const judge = openapiJudge();

type Said = { method?: string; url: string; body?: unknown; status?: number; answer?: unknown };

function exchange({ method = 'POST', url, body, status = 200, answer }: Said): Exchange {
  return {
    method,
    url: `/api/v10${url}`,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
    status,
    responseHeaders: { 'content-type': 'application/json', via: '1.1 google' },
    responseBody: Buffer.from(answer === undefined ? '' : JSON.stringify(answer)),
  };
}

const ping = { name: 'ping', description: 'd' };
const option = { type: 3, name: 'text', description: 'd' };
const commands = '/applications/1/commands';
const original = '/webhooks/1/token/messages/%40original';
const button = { type: 2, style: 1, label: 'l', custom_id: 'c' };
const row = { type: 1, components: [button] };
const reply = (data: object): Said => ({ url: '/interactions/1/token/callback', body: { type: 4, data } });

const right: readonly [string, Said][] = [
  ['a command', { url: commands, body: ping }],
  ['permissions as text', { url: commands, body: { ...ping, default_member_permissions: '32' } }],
  ['permissions as a number', { url: commands, body: { ...ping, default_member_permissions: 32 } }],
  ['a command for adults', { url: commands, body: { ...ping, nsfw: true } }],
  ['a localised name', { url: commands, body: { ...ping, name_localizations: { de: 'ping' } } }],
  ['an option of each nesting', { url: commands, body: { ...ping, options: [{ ...option, type: 1 }] } }],
  ['no commands', { method: 'PUT', url: commands, body: [] }],
  ['a reply', reply({ content: 'c', embeds: [{ title: 'T' }], components: [row] })],
  ['a deferral', { url: '/interactions/1/token/callback', body: { type: 5 } }],
  ['an edit of the first answer', { method: 'PATCH', url: original, body: { content: 'c' } }],
  ['a query that is known', { url: '/webhooks/1/token?wait=true', body: { content: 'c' } }],
];

const wrong: readonly [string, Said][] = [
  ['an operation that does not exist', { url: '/nothing' }],
  ['an id that is none', { url: '/applications/x/commands', body: ping }],
  ['an unknown query parameter', { url: '/webhooks/1/token?weight=true', body: { content: 'c' } }],
  ['a query parameter of the wrong kind', { url: '/webhooks/1/token?wait=perhaps', body: { content: 'c' } }],
  ['a misspelt property', { url: commands, body: { ...ping, descripton: 'd' } }],
  [
    'a misspelt property of an option',
    { url: commands, body: { ...ping, options: [{ ...option, requird: true }] } },
  ],
  ['an option of no kind', { url: commands, body: { ...ping, options: [{ ...option, type: 99 }] } }],
  ['no description', { url: commands, body: { name: 'ping' } }],
  ['a name in capitals', { url: commands, body: { ...ping, name: 'Ping' } }],
  ['an unknown locale', { url: commands, body: { ...ping, name_localizations: { xx: 'ping' } } }],
  ['an option twice', { url: commands, body: { ...ping, options: [option, option] } }],
  [
    'required after optional',
    { url: commands, body: { ...ping, options: [option, { ...option, name: 'b', required: true }] } },
  ],
  [
    '101 slash commands',
    {
      method: 'PUT',
      url: commands,
      body: Array.from({ length: 101 }, (_, i) => ({ ...ping, name: `c${i}` })),
    },
  ],
  ['permissions as words', { url: commands, body: { ...ping, default_member_permissions: 'all' } }],
  ['an empty message', reply({})],
  ['2,001 characters', reply({ content: 'x'.repeat(2_001) })],
  [
    '6,001 characters in embeds',
    reply({ embeds: [3_000, 3_001].map((n) => ({ description: 'x'.repeat(n) })) }),
  ],
  ['a custom_id twice', reply({ components: [row, row] })],
  [
    'six rows',
    reply({
      components: Array.from({ length: 6 }, (_, i) => ({
        ...row,
        components: [{ ...button, custom_id: `${i}` }],
      })),
    }),
  ],
  [
    'text beside Components V2',
    reply({ content: 'c', flags: 32_768, components: [{ type: 10, content: 'c' }] }),
  ],
  ['a callback of no kind', { url: '/interactions/1/token/callback', body: { type: 99 } }],
];

const user = {
  id: '1',
  username: 'u',
  discriminator: '0',
  global_name: null,
  avatar: null,
  flags: 0,
  public_flags: 0,
};
const me = { method: 'GET', url: '/users/@me' };
const gateway = { method: 'GET', url: '/gateway' };
const wrongAnswers: readonly [string, Said][] = [
  ['a status that is not described', { ...gateway, status: 302, answer: { url: 'ws://localhost' } }],
  ['a property too much', { ...gateway, answer: { url: 'ws://localhost', port: 1 } }],
  ['a property too few', { ...me, answer: user }],
  ['a body that is no JSON', gateway],
  ['an error without its code', { ...me, status: 401, answer: { message: '401: Unauthorized' } }],
  ['a 429 without retry_after', { ...me, status: 429, answer: { message: 'm', code: 0, global: false } }],
  ['a body beside 204', { ...reply({ content: 'c' }), status: 204, answer: {} }],
];

function tokenFaults(form: string, type = 'application/x-www-form-urlencoded'): Promise<readonly string[]> {
  const headers = { 'content-type': type };
  return (judge as Judge).request({
    ...exchange({ url: '/oauth2/token' }),
    headers,
    body: Buffer.from(form),
  });
}

const request = (said: Said) => (judge as Judge).request(exchange(said));
const response = (said: Said) => (judge as Judge).response(exchange(said));
const spoken = (url: string, headers: Exchange['headers']) =>
  assertWellSpoken(judge as Judge, [{ ...exchange({ method: 'GET', url }), headers }]);

describe('Discord’s OpenAPI description as a judge', { skip: judge ? false : withoutDescription }, () => {
  for (const [name, said] of right) {
    test(`finds nothing in ${name}`, async () => assert.deepEqual(await request(said), []));
  }

  for (const [name, said] of wrong) {
    test(`finds ${name}`, async () => assert.notDeepEqual(await request(said), []));
  }

  for (const [name, said] of wrongAnswers) {
    test(`finds ${name} in an answer`, () => assert.notDeepEqual(response(said), []));
  }

  test('judges the token endpoints, which the description lacks, by the documentation', async () => {
    assert.deepEqual(await tokenFaults('grant_type=refresh_token&refresh_token=t'), []);
    assert.notDeepEqual(
      await tokenFaults('grant_type=refresh_token&refresh_token=t', 'application/json'),
      [],
    );
    assert.notDeepEqual(await tokenFaults('grant_type=refresh_token'), []);
    assert.notDeepEqual(await tokenFaults('grant_type=refresh_token&refresh_token=t&scope=identify'), []);
    assert.notDeepEqual(await tokenFaults('grant_type=password'), []);
    const refusal = { url: '/oauth2/token', status: 400 };
    assert.deepEqual(response({ ...refusal, answer: { error: 'invalid_grant' } }), []);
    assert.notDeepEqual(response({ ...refusal, answer: { message: 'no', code: 0 } }), []);
  });

  test('finds nothing in an answer that is right', () => {
    assert.deepEqual(response({ ...gateway, answer: { url: 'ws://localhost' } }), []);
    assert.deepEqual(response({ ...me, status: 401, answer: { message: '401: Unauthorized', code: 0 } }), []);
  });

  test('a wrong request that is accepted is an error, and so is a right one that is refused', async () => {
    const accepted = exchange({ ...reply({ contents: 'c' }), status: 204 });
    await assert.rejects(assertFaithful(judge as Judge, [accepted]), /accepted: .*contents/);
    const refused = exchange({
      ...reply({ content: 'c' }),
      status: 400,
      answer: { message: 'm', code: 50035 },
    });
    await assert.rejects(assertFaithful(judge as Judge, [refused]), /refused, though the request is right/);
    await assertFaithful(judge as Judge, [exchange({ ...reply({ content: 'c' }), status: 204 })]);
  });

  test('a bot must say who it is, and not more than it must', async () => {
    const agent = { 'user-agent': 'DiscordBot (https://example.invalid, 1.0)' };
    const authorization = 'Bot not-a-token';
    await spoken('/users/@me', { ...agent, authorization });
    await spoken('/users/@me', { ...agent, authorization: 'Bearer not-a-token' });
    await spoken(original, agent);
    await assert.rejects(spoken('/users/@me', agent), /no Authorization/);
    await assert.rejects(spoken('/users/@me', { authorization }), /no User-Agent/);
    await assert.rejects(spoken(original, { ...agent, authorization }), /where the interaction’s is enough/);
  });
});
