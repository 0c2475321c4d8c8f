import type { ErrorObject } from 'ajv';
import { keptValidators } from '../json-schema/kept-validators.ts';
import { documentId, strictComponents, strictSchema, type Schema, type Schemas } from './strict-schema.ts';

/** What is wrong with `value`, one line a fault. */
export type Validate = (value: unknown) => readonly string[];

/**
 * Compiles schemas of the description, strictly and each when it is first needed.
 * With `coerce` a value is text that stands for a number, boolean or list, as in a path or query.
 */
export function validators(schemas: Schemas): (schema: Schema, coerce?: boolean) => Validate {
  const components = { $id: documentId, $defs: strictComponents(schemas) };
  const make = (coerceTypes: false | 'array') => {
    const options = { allErrors: true, strict: true, strictTypes: false, strictRequired: false, coerceTypes };
    return keptValidators('ajv/dist/2020.js', options, components);
  };
  const plain = make(false);
  const coercing = make('array');
  const compiled = new WeakMap<Schema, Validate>();
  return (schema, coerce = false) => {
    const known = compiled.get(schema);
    if (known) return known;
    const check = (coerce ? coercing : plain)(strictSchema(schema, schemas));
    const validate: Validate = (value) => (check(value) ? [] : (check.errors ?? []).flatMap(wording));
    compiled.set(schema, validate);
    return validate;
  };
}

function wording({ instancePath, keyword, message, params }: ErrorObject): string[] {
  // Only says that one of the branches failed; their own errors stand beside it.
  if (keyword === 'if' || keyword === 'anyOf') return [];
  const detail = Object.values(params as object)
    .filter((value) => typeof value !== 'object' || Array.isArray(value))
    .map((value) => JSON.stringify(value));
  return [`${instancePath || '/'} ${message ?? keyword} (${detail.join(', ')})`];
}
