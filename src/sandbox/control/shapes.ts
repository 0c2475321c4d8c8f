import { z } from 'zod';

/** A snowflake in what callers send. */
export const id = z.string().regex(/^\d{1,20}$/, 'must be an id: digits only');

/** An object of Discord's API, which is described elsewhere. */
export function discordObject<T>() {
  return z.custom<T>((value) => typeof value === 'object' && value !== null);
}

export const nothing = z.strictObject({});
