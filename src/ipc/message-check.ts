import { z } from 'zod';
import type { Message } from './messages.ts';

/**
 * A process of another release may say more or less of itself: any beat is a sign of life, and what this release does not find in it
 * counts as nothing.
 */
const beat = z.object({
  loopP99Ms: z.number().catch(0),
  rssBytes: z.number().catch(0),
  heapUsedBytes: z.number().catch(0),
  heapLimitBytes: z.number().catch(0),
  deaf: z.boolean().catch(false),
  lines: z.array(z.string()).catch([]),
});

const schema: z.ZodType<Message> = z.discriminatedUnion('shoal', [
  z.object({
    shoal: z.literal('request'),
    id: z.number(),
    kind: z.string(),
    argument: z.unknown().optional(),
    traceparent: z.string().optional().catch(undefined),
  }),
  z.object({ shoal: z.literal('answer'), id: z.number(), value: z.unknown().optional() }),
  z.object({ shoal: z.literal('refusal'), id: z.number(), reason: z.string() }),
  z.object({ shoal: z.literal('beat'), beat }),
  z.object({ shoal: z.literal('warm') }),
  z.object({ shoal: z.literal('serving'), shardIds: z.array(z.number()) }),
  z.object({ shoal: z.literal('counted'), metrics: z.string() }),
  z.object({ shoal: z.literal('failed'), reason: z.string() }),
]);

/** `undefined` for what is not ours, since discord.js uses the same channel, and for what a broken process says. */
export function messageOf(value: unknown): Message | undefined {
  return schema.safeParse(value).data;
}
