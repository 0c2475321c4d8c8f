import type { z } from 'zod';
import { invalidForm, type FormProblem } from './discord-error.ts';

/** Puts a fault that a schema's own rule found into Discord's words; for `superRefine`. */
export function fault(
  context: z.core.$RefinementCtx,
  path: readonly (string | number)[],
  code: string,
  message: string,
): void {
  context.addIssue({ code: 'custom', path: [...path], message, params: { code } });
}

/** `body` as the schema reads it; throws `DiscordError` 50035 with Discord's codes when it does not fit. */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw invalidForm(read.error.issues.flatMap((issue) => describe(issue, body)));
}

function describe(issue: z.core.$ZodIssue, body: unknown): FormProblem[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  return [{ path, ...wording(issue, valueAt(body, path)) }];
}

function wording(issue: z.core.$ZodIssue, value: unknown): { code: string; message: string } {
  if (issue.code === 'custom') {
    return { code: String(issue.params?.['code'] ?? 'BASE_TYPE_INVALID'), message: issue.message };
  }
  if (value === undefined || value === null)
    return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options)) {
    const choices = issue.options.map(String).join(', ');
    const message = `Value of field "type" must be one of (${choices}).`;
    return { code: 'UNION_TYPE_CHOICES', message };
  }
  if (issue.code === 'too_big') return tooBig(issue.origin, issue.maximum);
  if (issue.code === 'too_small') return tooSmall(issue.origin, issue.minimum);
  if (issue.code === 'invalid_type') return wrongType(issue.expected, value);
  if (issue.code === 'invalid_format') {
    return { code: 'STRING_TYPE_REGEX', message: 'String value did not match validation regex.' };
  }
  return { code: 'BASE_TYPE_CHOICES', message: 'Value is not one of the choices.' };
}

function tooBig(origin: string, maximum: number | bigint): { code: string; message: string } {
  return origin === 'string' || origin === 'array'
    ? { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${maximum} or fewer in length.` }
    : { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${maximum}.` };
}

function tooSmall(origin: string, minimum: number | bigint): { code: string; message: string } {
  return origin === 'string' || origin === 'array'
    ? { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${minimum} or more in length.` }
    : { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${minimum}.` };
}

function wrongType(expected: string, value: unknown): { code: string; message: string } {
  if (expected === 'string')
    return { code: 'STRING_TYPE_CONVERT', message: 'Could not interpret value as string.' };
  if (expected === 'array')
    return { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' };
  if (expected === 'object' || expected === 'record') {
    return { code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' };
  }
  if (expected === 'boolean')
    return { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' };
  // An object of the sender's may have a `toString` that is none.
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  return { code: 'NUMBER_TYPE_COERCE', message: `Value "${shown}" is not ${expected}.` };
}

function valueAt(body: unknown, path: readonly (string | number)[]): unknown {
  let value = body;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
