import * as fc from 'fast-check';
import { near } from './near.ts';

export type Request = { readonly method: string; readonly path: string; readonly body: string };

/** Where requests go to: ids of what exists. */
export type Targets = {
  readonly application: string;
  readonly guild: string;
  readonly channel: string;
  readonly message: string;
};

const embed = {
  title: 'a',
  description: 'b',
  color: 255,
  fields: [{ name: 'n', value: 'v', inline: true }],
  footer: { text: 'f' },
};
const button = { type: 2, style: 1, label: 'press', custom_id: 'id' };
const menu = {
  type: 3,
  custom_id: 'menu',
  options: [{ label: 'l', value: 'v' }],
  min_values: 1,
  max_values: 1,
};
const message = {
  content: 'hello',
  embeds: [embed],
  components: [
    { type: 1, components: [button] },
    { type: 1, components: [menu] },
  ],
  allowed_mentions: { parse: ['users'], replied_user: false },
  flags: 64,
  tts: false,
};
const choice = { name: 'one', value: 'one' };
const command = {
  name: 'look',
  description: 'Looks.',
  type: 1,
  default_member_permissions: '0',
  name_localizations: { de: 'schau' },
  options: [
    { type: 3, name: 'what', description: 'What', required: true, choices: [choice], min_length: 1 },
    { type: 4, name: 'far', description: 'How far', min_value: 0, max_value: 5 },
  ],
};
const text = { type: 4, custom_id: 't', style: 1, label: 'l', required: true };
const modal = { custom_id: 'm', title: 't', components: [{ type: 1, components: [text] }] };

/** Requests whose path is right, and whose body is nearly so. */
export function nearRequest({ application, guild, channel, message: id }: Targets): fc.Arbitrary<Request> {
  const commands = `/applications/${application}/commands`;
  const messages = `/channels/${channel}/messages`;
  const right: readonly (readonly [string, string, unknown])[] = [
    ['POST', commands, command],
    ['PUT', commands, [command, { name: 'User info', type: 2 }]],
    ['POST', `/applications/${application}/guilds/${guild}/commands`, command],
    ['POST', messages, message],
    ['POST', messages, { ...message, message_reference: { message_id: id }, nonce: 'n' }],
    ['PATCH', `${messages}/${id}`, message],
    ['POST', `${messages}/bulk-delete`, { messages: ['1', '2'] }],
  ];
  return fc.oneof(...right.map(([method, path, body]) => requestOf(method, path, near(body))));
}

/** First answers to an interaction. */
export function nearCallback(path: string): fc.Arbitrary<Request> {
  const right = [
    { type: 1 },
    { type: 4, data: message },
    { type: 5, data: { flags: 64 } },
    { type: 6 },
    { type: 7, data: message },
    { type: 8, data: { choices: [choice] } },
    { type: 9, data: modal },
  ];
  return requestOf('POST', path, fc.oneof(...right.map(near)));
}

const known =
  'channels guilds webhooks applications interactions users messages commands members roles reactions';
const words = [
  ...known.split(' '),
  ...'gateway bot callback @me %40me @original -1 .. % %2 %2F %00 %E2%9C%85 __proto__'.split(' '),
  '',
  '9'.repeat(30),
  'x'.repeat(3_000),
];

/** Paths that nobody means, with bodies that are no JSON. */
export function senselessRequest({ application, guild, channel }: Targets): fc.Arbitrary<Request> {
  const word = fc.constantFrom(...words, application, guild, channel);
  const segments = fc.array(word, { maxLength: 7 }).map((all) => `/${all.join('/')}`);
  const query = fc.constantFrom(
    '',
    '?',
    '?limit=x',
    '?limit=-1&after=%',
    '?with_response=true',
    '?a[b]=c&a=d',
  );
  return fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'),
    path: fc.tuple(segments, query).map((parts) => parts.join('')),
    body: fc.oneof(fc.constantFrom('', '{', '"\\ud800"', 'null', '[]'), fc.string({ maxLength: 20 })),
  });
}

function requestOf(method: string, path: string, body: fc.Arbitrary<unknown>): fc.Arbitrary<Request> {
  return body.map((value) => ({ method, path, body: JSON.stringify(value) }));
}
