import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import { readComposeText } from './compose-file.ts';

interface Schema {
  readonly properties: Record<string, unknown>;
  readonly definitions: {
    readonly service: { readonly properties: Record<string, unknown> };
    readonly deployment: {
      readonly properties: {
        readonly resources: {
          readonly properties: { readonly limits: { readonly properties: Record<string, unknown> } };
        };
      };
    };
  };
}

/** The specification's schema of 2021, with what the file uses of later ones. */
function schema(): Schema {
  const file = path.join(import.meta.dirname, 'compose-spec/compose-spec.json');
  const read = JSON.parse(readFileSync(file, 'utf8')) as Schema & { $schema?: string };
  // ajv reads draft 7 by default; the file uses nothing newer.
  delete read.$schema;
  const { service, deployment } = read.definitions;
  read.properties['name'] = { type: 'string' };
  deployment.properties.resources.properties.limits.properties['pids'] = { type: 'integer' };
  // Compose 2.24.
  service.properties['env_file'] = {
    type: 'array',
    items: {
      type: 'object',
      properties: { path: { type: 'string' }, required: { type: 'boolean' } },
      required: ['path'],
      additionalProperties: false,
    },
  };
  return read;
}

const ajv = new Ajv({ strict: false, validateFormats: false });
// Of draft 4; nothing refers to it.
ajv.removeKeyword('id');
const validate = ajv.compile(schema());

describe('docker-compose.production.yml, by the schema of the Compose Specification', () => {
  test('is one', () => {
    assert.ok(validate(readComposeText()), JSON.stringify(validate.errors, undefined, 2));
  });

  test('is none with a key or a form that Compose does not know', () => {
    const file = readComposeText() as { services: Record<string, Record<string, unknown>> };
    const wrong: readonly Readonly<Record<string, unknown>>[] = [
      { pul_policy: 'never' },
      { pull_policy: 'seldom' },
      { depends_on: { migrate: { condition: 'service_done' } } },
      { deploy: { resources: { limits: { memory: '1G', disk: '1G' } } } },
    ];
    for (const keys of wrong) {
      const services = { ...file.services, manager: { ...file.services['manager'], ...keys } };
      assert.equal(validate({ ...file, services }), false, JSON.stringify(keys));
    }
  });
});
