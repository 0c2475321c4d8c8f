import { z } from 'zod';
import { fault } from './form.ts';

export const snowflake = z.string().regex(/^\d{1,20}$/);

/** Ids, none of them twice. */
export function idSet(most: number) {
  return z
    .array(snowflake)
    .max(most)
    .superRefine((ids, context) => {
      if (new Set(ids).size < ids.length)
        fault(context, [], 'SET_TYPE_ALREADY_CONTAINS_VALUE', 'The set already contains this value');
    });
}

/** Bits travel as strings, and are taken as numbers, too (reference.mdx, Serialization of permissions). */
export const bitSet = z
  .union([z.string().regex(/^\d{1,20}$/), z.int().min(0)])
  .transform((bits) => String(BigInt(bits)));

/** ISO 8601, as milliseconds of Unix time. */
export const isoDate = z.string().transform((text, context) => {
  const ms = Date.parse(text);
  if (!Number.isNaN(ms) && /^\d{4}-\d\d-\d\dT/.test(text)) return ms;
  fault(context, [], 'DATETIME_TYPE_PARSE', `Could not parse ${text}. Should be ISO8601.`);
  return z.NEVER;
});

/** Only what the client said: neither what it left out, nor null where that says as little. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], null | undefined> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  ) as { [K in keyof T]?: Exclude<T[K], null | undefined> };
}
