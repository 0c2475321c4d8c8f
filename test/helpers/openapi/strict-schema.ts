import { deviations } from './deviations.ts';

export type Schema = { readonly [keyword: string]: unknown };
export type Schemas = { readonly [name: string]: Schema };

/** What describes a schema to a reader, and constrains nothing. */
const prose: ReadonlySet<string> = new Set(['description', 'title', 'x-discord-union', 'contentEncoding']);

/** Where `compile` finds the components: the `$id` of the document they are put in. */
export const documentId = 'discord';

/** reference.mdx, Locales: the description counts the keys of localisations and does not name them. */
const locales: Schema = { $ref: `${documentId}#/$defs/AvailableLocalesEnum` };

/** Discord's component schemas made strict, with the allowed deviations let in. */
export function strictComponents(schemas: Schemas): Schemas {
  const entries = Object.entries(schemas).map(
    ([name, schema]) => [name, strictSchema(withDeviations(name, schema), schemas)] as const,
  );
  return Object.fromEntries(entries);
}

/** The schema of a component, or of the request of an operation, with the deviations let in that name it. */
export function withDeviations(name: string, schema: Schema): Schema {
  const named = deviations.filter(({ schemas }) => schemas.includes(name));
  if (schema['properties'] === undefined || named.length === 0) return schema;
  const properties = { ...(schema['properties'] as Schemas) };
  for (const { property, allow } of named) {
    const described = properties[property];
    properties[property] = described ? { anyOf: [described, allow] } : allow;
  }
  return { ...schema, properties };
}

/**
 * The same schema, sealed: properties that it does not name are refused. Unions that are told apart by `type` become
 * if/then, so that an error is about the member that was meant; the others become anyOf, since sealed objects of
 * different shapes can both accept an empty object.
 */
export function strictSchema(schema: Schema, schemas: Schemas): Schema {
  if (typeof schema['$ref'] === 'string') return { $ref: `${documentId}#/$defs/${nameIn(schema['$ref'])}` };
  const allOf = schema['allOf'] as readonly Schema[] | undefined;
  if (allOf?.some((part) => dereference(part, schemas)['properties'])) {
    return strictSchema(merged(allOf, schemas), schemas);
  }
  const strict: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (!prose.has(keyword)) strict[keyword] = strictKeyword(keyword, value, schemas);
  }
  if (schema['properties'] && schema['additionalProperties'] === undefined)
    strict['additionalProperties'] = false;
  const union = schema['oneOf'] ?? schema['anyOf'];
  if (union === undefined) return strict;
  delete strict['oneOf'];
  delete strict['anyOf'];
  return { ...strict, ...strictUnion(union as readonly Schema[], schemas) };
}

function strictKeyword(keyword: string, value: unknown, schemas: Schemas): unknown {
  if (keyword === 'properties') {
    const properties = Object.entries(value as Schemas);
    const strict = properties.map(([name, inner]) => {
      const sealed = strictSchema(inner, schemas);
      return [
        name,
        name.endsWith('_localizations') ? { ...sealed, propertyNames: locales } : sealed,
      ] as const;
    });
    return Object.fromEntries(strict);
  }
  if (keyword === 'items' || keyword === 'additionalProperties') {
    return typeof value === 'boolean' ? value : strictSchema(value as Schema, schemas);
  }
  if (keyword === 'allOf') return (value as readonly Schema[]).map((part) => strictSchema(part, schemas));
  return value;
}

function strictUnion(members: readonly Schema[], schemas: Schemas): Schema {
  if (members.every((member) => 'const' in member)) return { enum: members.map((member) => member['const']) };
  const isNull = (member: Schema) => member['type'] === 'null';
  const others = members.filter((member) => !isNull(member));
  const tagged = others.map((member) => ({ member, tags: tagsOf(member, schemas) }));
  if (others.length < 2 || tagged.some(({ tags }) => tags.length === 0)) {
    return { anyOf: members.map((member) => strictSchema(member, schemas)) };
  }
  const allTags = tagged.flatMap(({ tags }) => tags);
  let rest: Schema = { type: 'object', required: ['type'], properties: { type: { enum: allTags } } };
  for (const tag of new Set(allTags)) {
    const fitting = tagged.flatMap(({ member, tags }) =>
      tags.includes(tag) ? [strictSchema(member, schemas)] : [],
    );
    const [only] = fitting;
    rest = {
      if: { type: 'object', required: ['type'], properties: { type: { const: tag } } },
      // eslint-disable-next-line unicorn/no-thenable -- `then` is JSON Schema's keyword; nobody awaits a schema
      then: fitting.length === 1 ? only : { anyOf: fitting },
      else: rest,
    };
  }
  // eslint-disable-next-line unicorn/no-thenable -- as above
  return members.some(isNull) ? { if: { type: 'null' }, then: true, else: rest } : rest;
}

/** The values of `type` that an object of this schema must have; none where they do not tell it apart. */
function tagsOf(member: Schema, schemas: Schemas): readonly unknown[] {
  const object = dereference(member, schemas);
  const required = (object['required'] ?? []) as readonly string[];
  const tag = (object['properties'] as Schemas | undefined)?.['type'];
  return required.includes('type') ? ((tag?.['enum'] ?? []) as readonly unknown[]) : [];
}

function merged(parts: readonly Schema[], schemas: Schemas): Schema {
  const whole = parts.map((part) => dereference(part, schemas));
  return {
    type: 'object',
    properties: Object.assign({}, ...whole.map((part) => part['properties'])) as Schemas,
    required: whole.flatMap((part) => (part['required'] ?? []) as readonly string[]),
  };
}

function dereference(schema: Schema, schemas: Schemas): Schema {
  const reference = schema['$ref'];
  return typeof reference === 'string' ? dereference(schemas[nameIn(reference)] ?? {}, schemas) : schema;
}

/** `#/components/schemas/Name` */
function nameIn(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
