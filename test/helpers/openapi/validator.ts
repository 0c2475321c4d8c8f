import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { documentId, strictComponents, strictSchema, type Schema, type Schemas } from './strict-schema.ts';

/** A test file compiles many schemas and asks each a few times: half of its CPU went into making the code quicker. */
export const quickToCompile = { code: { optimize: false }, inlineRefs: false } as const;

/** What is wrong with `value`, one line a fault. */
export type Validate = (value: unknown) => readonly string[];

/** Ends in "Z" or an offset, as Discord writes it. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const formats = {
  snowflake: (value: string) => /^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n,
  nonce: true,
  uri: (value: string) => URL.canParse(value),
  'date-time': dateTime,
  int32: { type: 'number', validate: (value: number) => value >= -(2 ** 31) && value < 2 ** 31 },
  int64: { type: 'number', validate: Number.isInteger },
  double: { type: 'number', validate: Number.isFinite },
} as const;

/**
 * Compiles schemas of the description, strictly and each when it is first needed.
 * With `coerce` a value is text that stands for a number, boolean or list, as in a path or query.
 */
export function validators(schemas: Schemas): (schema: Schema, coerce?: boolean) => Validate {
  const components = { $id: documentId, $defs: strictComponents(schemas) };
  const make = (coerceTypes: false | 'array') => {
    const options = {
      allErrors: true,
      strict: true,
      strictTypes: false,
      strictRequired: false,
      coerceTypes,
      formats,
      ...quickToCompile,
    };
    return new Ajv2020(options).addSchema(components, undefined, undefined, false);
  };
  const plain = make(false);
  const coercing = make('array');
  const compiled = new WeakMap<Schema, Validate>();
  return (schema, coerce = false) => {
    const known = compiled.get(schema);
    if (known) return known;
    const check = (coerce ? coercing : plain).compile(strictSchema(schema, schemas));
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
