import type { Schema, Schemas } from '../openapi/strict-schema.ts';
import { deviations } from './deviations.ts';
import type { GeneratedSchema } from './generated-schema.ts';

/** What a snowflake is (reference.mdx, Snowflakes); the type is any string. */
const snowflake = { type: 'string', pattern: '^\\d{1,20}$' };

/** A bit set: the type lists its single bits, and any sum of them, known or not yet, may come. */
const bitSet = { type: 'integer', minimum: 0 };

/** The generated definitions as payloads really are, with the allowed deviations let in. */
export function strictPayloads({ definitions }: GeneratedSchema): Schemas {
  const strict = Object.entries(definitions).map(([name, schema]) => [
    name,
    name === 'Snowflake' ? snowflake : isBitSet(name, schema) ? bitSet : asSent(schema),
  ]);
  const schemas = Object.fromEntries(strict) as Record<string, Schema>;
  schemas['APIMessageSnapshotFields'] = pickedFields(schemas, 'APIMessageSnapshotFields', 'APIMessage');
  for (const { types, allow } of deviations) {
    for (const name of types.flatMap((type) => definitionsOf(type, schemas))) {
      schemas[name] = withProperties(schemas[name] ?? {}, allow);
    }
  }
  return schemas;
}

/** The definitions of a type: `Type`, or `Type<Parameters>` for each use of it, or what it is another name of. */
function definitionsOf(type: string, schemas: Schemas): readonly string[] {
  const names = Object.keys(schemas).filter((name) => name === type || name.startsWith(`${type}<`));
  if (names.length === 0) throw new Error(`a deviation names ${type}, which discord-api-types does not have`);
  return names.map((name) => {
    const reference = schemas[name]?.['$ref'];
    return typeof reference === 'string' ? decodeURIComponent(reference.split('/').at(-1) ?? '') : name;
  });
}

/** Some fields of another type: the generator says of each that it is that whole type, and never left out. */
function pickedFields(schemas: Schemas, name: string, from: string): Schema {
  const source = schemas[from] as { properties: Schemas; required: readonly string[] };
  const names = Object.keys(schemas[name]?.['properties'] ?? {});
  return {
    ...schemas[name],
    properties: Object.fromEntries(names.map((field) => [field, source.properties[field]])),
    required: source.required.filter((field) => names.includes(field)),
  };
}

function isBitSet(name: string, { type }: Schema): boolean {
  return /^\w+Flags$/.test(name) && type === 'number';
}

/** JSON has no undefined: what such a type says is sent as null. An enum without members would refuse everything. */
function asSent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asSent);
  if (typeof value !== 'object' || value === null) return value;
  if ('not' in value) return { type: 'null' };
  const entries = Object.entries(value).filter(
    ([keyword, inner]) => !(keyword === 'enum' && Array.isArray(inner) && inner.length === 0),
  );
  return Object.fromEntries(entries.map(([keyword, inner]) => [keyword, asSent(inner)]));
}

/** Lets the properties into an object, or into each object of a union that has no name of its own. */
function withProperties(schema: Schema, allow: Schemas): Schema {
  const members = schema['anyOf'] as readonly Schema[] | undefined;
  if (members) return { ...schema, anyOf: members.map((member) => withProperties(member, allow)) };
  const described = schema['properties'] as Schemas | undefined;
  if (!described) return schema;
  const allowed = Object.entries(allow).map(([name, inner]) => {
    const known = described[name];
    return [name, known ? { anyOf: [known, inner] } : inner];
  });
  return { ...schema, properties: { ...described, ...Object.fromEntries(allowed) } };
}
