import { Locale } from 'discord-api-types/v10';
import { z } from 'zod';

/** A snowflake in what callers send. */
export const id = z.string().regex(/^\d{1,20}$/, 'must be an id: digits only');

export const locale = z.enum(Locale);

/** An object of Discord's API, which is described elsewhere. */
export function discordObject<T>() {
  return z.custom<T>((value) => typeof value === 'object' && value !== null);
}

export const nothing = z.strictObject({});
