import { z } from 'zod';
import { fault } from '../forms/form.ts';

/** Text whose least and most are told in one sentence, as Discord does where there are both. */
export function text(least: number, most: number) {
  return z.string().superRefine((value, context) => checkLength(value.length, least, most, context));
}

export function list<T extends z.ZodType>(item: T, least: number, most: number) {
  return z.array(item).superRefine((values, context) => checkLength(values.length, least, most, context));
}

/** Of the field that is being read, or of the one at `path` in it. */
export function checkLength(
  length: number,
  least: number,
  most: number,
  context: z.core.$RefinementCtx,
  path: readonly (string | number)[] = [],
): void {
  if (length >= least && length <= most) return;
  fault(context, path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);
}

export const snowflake = z.string().regex(/^\d{1,20}$/);
/** A component's own number; Discord counts where the client does not (components/reference.mdx, Anatomy of a Component). */
export const componentId = z.int().min(0).nullish();
export const customId = text(1, 100);
export const emoji = z
  .object({ id: snowflake.nullish(), name: z.string().max(32).nullish(), animated: z.boolean().nullish() })
  .nullish();
export const spoiler = z.boolean().nullish();
/** What stands beside an image. */
export const altText = text(1, 1_024).nullish();
/** `attachment://name` or a URL. */
export const media = z.object({
  url: z
    .string()
    .max(2_048)
    .superRefine((url, context) => {
      if (/^(https?|attachment):\/\//.test(url)) return;
      const message = `Scheme "${/^(\w+):/.exec(url)?.[1] ?? ''}" is not supported. Scheme must be one of ('http', 'https', 'attachment').`;
      fault(context, [], 'URL_TYPE_INVALID_SCHEME', message);
    }),
});
