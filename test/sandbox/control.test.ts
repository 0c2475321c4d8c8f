import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { startArena } from './arena.ts';

type Media = { readonly content: { readonly 'application/json': { readonly schema: AnySchemaObject } } };
type Operation = {
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: Media;
  readonly responses: { readonly 200: Media };
};
type Description = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

async function describedBy(controlUrl: string): Promise<Description> {
  return (await (await fetch(`${controlUrl}/openapi.json`)).json()) as Description;
}

test('the description of the control API says what its answers are', async () => {
  await using arena = await startArena();
  const { paths } = await describedBy(arena.sandbox.controlUrl);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  for (const path of ['/guilds', '/sessions']) {
    const schema = paths[path]?.get?.responses[200].content['application/json'].schema;
    assert.ok(schema, `${path} is not described`);
    const answer: unknown = await (await fetch(`${arena.sandbox.controlUrl}${path}`)).json();
    assert.ok(ajv.validate(schema, answer), ajv.errorsText());
  }
});

test('the description says where each part of an input goes', async () => {
  await using arena = await startArena();
  const { paths } = await describedBy(arena.sandbox.controlUrl);
  const look = paths['/interactions/{id}']?.get;
  assert.deepEqual(
    look?.parameters.map((parameter) => [parameter.name, parameter.in]),
    [['id', 'path']],
  );
  const run = paths['/commands']?.post?.requestBody?.content['application/json'].schema;
  assert.deepEqual(run?.required, ['guild_id', 'command']);
});

test('what the control API refuses is said in one line', async () => {
  await using arena = await startArena();
  const post = async (path: string, body: string) => {
    const response = await fetch(`${arena.sandbox.controlUrl}${path}`, { method: 'POST', body });
    return [response.status, await response.json()];
  };
  assert.deepEqual(await post('/delay-rest', '{'), [400, { error: 'the body must be JSON' }]);
  const [status, answer] = await post('/delay-rest', '{"ms":-1}');
  assert.equal(status, 400);
  assert.match((answer as { error: string }).error, /^ms: /);
  assert.deepEqual(await (await fetch(`${arena.sandbox.controlUrl}/interactions/1`)).json(), {
    error: 'there is no interaction 1',
  });
});
