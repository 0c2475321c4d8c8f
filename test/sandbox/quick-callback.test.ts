import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startArena, type Arena } from './arena.ts';
import { connectRaw, identify, type RawClient } from './raw-client.ts';

/** A query takes a callback off the quick way. */
const generally = '?generally';

const bodies = [
  '{"type":4,"data":{"content":"pong","flags":64}}',
  '{"type":4,"data":{"content":"pöng 🐟"}}',
  '\uFEFF{"type":4,"data":{"content":"after a byte order mark"}}',
  '{"type":5}',
  '{"type":9,"data":{"custom_id":"m","title":"t"}}',
  '{"type":7}',
  '{"type":4,"data":{}}',
  '{"type":4,"data":{"content":5,"embeds":[{"title":[]}]}}',
  '{"type":4',
  '',
  'null',
  `${'['.repeat(64)}${']'.repeat(64)}`,
  `${'['.repeat(65)}${']'.repeat(65)}`,
];

type Begun = { readonly id: string; readonly token: string };

test('a callback on the quick way is answered and recorded as on the general way', async () => {
  await using arena = await startArena();
  using raw = await begin(arena);
  for (const body of bodies) {
    await arena.client.resetReport();
    const [one, other] = [await run(arena, raw), await run(arena, raw)];
    const quick = [await post(arena, one, body), await post(arena, one, body)];
    const general = [await post(arena, other, body, generally), await post(arena, other, body, generally)];
    assert.deepEqual(quick, general, body);
    const { counts, doubleAnswers } = await arena.client.report();
    assert.deepEqual([counts.answered % 2, doubleAnswers.length], [0, counts.answered], body);
  }
  const unknown = { id: '1', token: 'nothing' };
  assert.deepEqual(
    await post(arena, unknown, '{"type":5}'),
    await post(arena, unknown, '{"type":5}', generally),
  );
});

test('a callback goes the general way while a fault is on, and during a ban', async () => {
  await using arena = await startArena({ limits: { invalidRequests: 0 } });
  using raw = await begin(arena);
  const begun = await run(arena, raw);
  const { fault } = await arena.client.switchOn({ kind: 'rest-error', status: 503 });
  assert.equal((await post(arena, begun, '{"type":5}')).status, 503);
  await arena.client.clearFault(fault.id);
  assert.equal((await post(arena, begun, '{"type":5}')).status, 204);
  assert.equal((await fetch(api(arena.sandbox, '/users/@me'))).status, 401);
  assert.equal((await post(arena, await run(arena, raw), '{"type":5}')).status, 429);
});

async function begin({ sandbox }: Arena): Promise<RawClient> {
  const client = await connectRaw(sandbox.gatewayUrl);
  client.send(identify(sandbox.token));
  await client.next('READY');
  return client;
}

/** A member runs a command; nobody waits for what they see. */
async function run({ client, guild }: Arena, raw: RawClient): Promise<Begun> {
  void client.runCommand({ guildId: guild.id, command: 'anything', force: true }).catch(() => undefined);
  return (await raw.next('INTERACTION_CREATE')).d as Begun;
}

/** Past the judge of Discord's description: most of what is sent here is wrong on purpose. */
function api({ controlUrl }: Arena['sandbox'], path: string): URL {
  return new URL(`/api/v10${path}`, controlUrl);
}

/** All of the answer that does not tell the time. */
async function post({ sandbox }: Arena, { id, token }: Begun, body: string, query = '') {
  const answer = await fetch(api(sandbox, `/interactions/${id}/${token}/callback${query}`), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'DiscordBot (https://example.invalid, 1)' },
    body,
  });
  const { date: _date, ...headers } = Object.fromEntries(answer.headers);
  return { status: answer.status, headers, body: await answer.text() };
}
