import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { assertFramesFaithful } from '../helpers/gateway-schema/frame-record.ts';
import { gatewayJudge } from '../helpers/gateway-schema/gateway-schema.ts';
import { eventually } from '../helpers/eventually.ts';
import { memberOf, startArena } from './arena.ts';
import { connectRaw, identify, resume } from './raw-client.ts';

type Payload = { readonly op: number; readonly t: unknown; readonly s: unknown; readonly d: unknown };

const allIntents = 53_608_447;

test('every event of discord-api-types has a schema, and no other has', () => {
  const judge = gatewayJudge();
  const unknown = Object.values(GatewayDispatchEvents).filter((t) =>
    judge({ op: 0, t, s: 1, d: 0 }).some((fault) => fault.includes('knows no payload')),
  );
  assert.deepEqual(unknown, []);
  assert.deepEqual(judge({ op: 0, t: 'GUILD_MEMBER_DANCE', s: 1, d: {} }), [
    'discord-api-types knows no payload with t GUILD_MEMBER_DANCE',
  ]);
  assert.deepEqual(judge({ op: 3, t: null, s: null, d: {} }), [
    'discord-api-types knows no payload with op 3',
  ]);
});

test('each payload of the sandbox is right, and caught as soon as a field is missing, strange or unknown', async () => {
  const judge = gatewayJudge();
  const payloads = await onePayloadOfEach();
  const kinds = [...payloads.keys()];
  for (const kind of ['10', '11', '7', '9', 'READY', 'RESUMED', 'GUILD_CREATE', 'MESSAGE_CREATE']) {
    assert.ok(kinds.includes(kind), `the sandbox was not brought to send ${kind}`);
  }
  for (const [kind, payload] of payloads) {
    assert.deepEqual(judge(payload), [], kind);
    for (const spoiled of spoil(payload)) {
      assert.notDeepEqual(judge(spoiled), [], `${kind}: ${JSON.stringify(spoiled).slice(0, 300)}`);
    }
  }
});

test('a frame that is wrong fails the test, and one that the test made up does not', () => {
  const frame = JSON.stringify({ op: 0, t: 'MESSAGE_CREATE', s: 1, d: { id: '1' } });
  assert.throws(
    () => assertFramesFaithful([frame], new Set()),
    /MESSAGE_CREATE: \/d must have required property/,
  );
  assertFramesFaithful([frame], new Set(['MESSAGE_CREATE 1']));
});

/** Leads the sandbox through all that it does on its gateway; the payloads by opcode or event. */
async function onePayloadOfEach(): Promise<Map<string, Payload>> {
  await using arena = await startArena({ timing: { identifyWindowMs: 0 } });
  const { gatewayUrl, token, restUrl, applicationId } = arena.sandbox;
  const post = (path: string, method: string, body?: object) =>
    fetch(`${restUrl}/v10${path}`, {
      method,
      headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
  await post(`/applications/${applicationId}/commands`, 'POST', { name: 'look', description: 'Looks.' });
  using client = await connectRaw(gatewayUrl);
  client.send(identify(token, { intents: allIntents }));
  const ready = (await client.next('READY')).d as { session_id: string };
  await eventually('all guilds', () => client.frames.filter(({ t }) => t === 'GUILD_CREATE').length === 8);
  client.send({ op: 1, d: 1 });
  await client.next(11);
  client.send({ op: 8, d: { guild_id: arena.guild.id, query: '', limit: 0, nonce: 'n' } });
  client.send({ op: 8, d: { guild_id: arena.guild.id, query: '', limit: 0 } });
  await client.next('RATE_LIMITED');
  const channel = `/channels/${arena.guild.channels[0]?.id}/messages`;
  const { id } = (await (await post(channel, 'POST', { content: 'x' })).json()) as { id: string };
  await post(`${channel}/${id}`, 'PATCH', { content: 'y' });
  await post(`${channel}/${id}/reactions/%E2%9C%85/@me`, 'PUT');
  await post(`${channel}/${id}/reactions/%E2%9C%85/@me`, 'DELETE');
  await post(`${channel}/${id}`, 'DELETE');
  await client.next('MESSAGE_DELETE');
  const userId = memberOf(arena.guild, 'member');
  await arena.client.runCommand({ guildId: arena.guild.id, userId, command: 'look', waitMs: 0 });
  await client.next('INTERACTION_CREATE');
  await arena.client.reconnect();
  await client.next(7);
  using second = await connectRaw(gatewayUrl);
  second.send(resume(token, ready.session_id, 1));
  await second.next('RESUMED');
  await arena.client.invalidateSessions({ resumable: false });
  await second.next(9);
  const all = [...client.frames, ...second.frames];
  return new Map(
    all.map((payload) => [typeof payload.t === 'string' ? payload.t : String(payload.op), payload]),
  );
}

/** The payload without each of its fields in turn, with one of another kind, and with one too many, outside and in `d`. */
function spoil(payload: Payload): readonly object[] {
  const { d, ...outside } = payload;
  const fields = Object.keys(outside).filter((field) => field !== 'op' && field !== 't');
  const spoiled: object[] = [
    ...fields.map((field) => without(payload, field)),
    { ...payload, s: 'x' },
    { ...payload, extra: 1 },
    { ...payload, d: 'x' },
  ];
  if (typeof d !== 'object' || d === null) return spoiled;
  const [first] = Object.keys(d).filter((field) => field !== '_trace');
  if (first !== undefined) spoiled.push({ ...payload, d: without(d, first) });
  return [...spoiled, { ...payload, d: { ...d, extra: 1 } }];
}

function without(value: object, field: string): object {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field));
}
