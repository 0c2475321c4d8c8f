import { z } from 'zod';
import { percentDecoded } from '../lib/percent-decoded.ts';

/** One environment variable: how it is checked, and what a person needs to know to set it right. */
export interface Variable {
  /** From the raw text; `undefined` where the variable is unset or empty. */
  readonly schema: z.ZodType<unknown, string | undefined>;
  /** One sentence for `.env.example` and for the error message: what to set. */
  readonly fix: string;
  /** As text, `undefined` where the variable is required. */
  readonly default?: string;
  /** A secret's value never appears in an error, a log line or a metric. */
  readonly secret?: true;
}

/** In the order in which they are defined. */
export function namesOf<const V extends Readonly<Record<string, Variable>>>(
  of: V,
): readonly (keyof V & string)[] {
  return Object.keys(of);
}

export function url(protocols: readonly string[], defaultValue?: string) {
  const problem = `must be a URL that starts with ${protocols.map((name) => `${name}://`).join(' or ')}`;
  const checked = z
    .string('is not set')
    .refine((text) => isUrl(text, protocols), problem)
    .refine(hasDecodableLogin, 'has a user or password with a bare %: write it as %25');
  return defaultValue === undefined ? checked : checked.default(defaultValue);
}

export function wholeNumber(min: number, max: number, defaultValue: number) {
  return numberBetween(min, max).default(defaultValue);
}

export function wholeNumberOrNone(min: number, max: number) {
  return numberBetween(min, max).optional();
}

export function isUrl(text: string, protocols: readonly string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol.slice(0, -1));
}

/** A text that is no URL passes: the other rule names that problem. */
export function hasDecodableLogin(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { username, password } = new URL(text);
  return percentDecoded(username + password) !== undefined;
}

function numberBetween(min: number, max: number) {
  const problem = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, problem)
    .transform(Number)
    .refine((value) => value >= min && value <= max, problem);
}
