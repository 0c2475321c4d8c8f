import { z } from 'zod';
import type { JobKind } from '../../queue/jobs.ts';

/**
 * Sends one message. Many at once, for they wait for the limits of single channels; while Discord is away it is tried for some
 * hours, and sent late.
 */
export const fireKind: JobKind<{
  readonly userId: string;
  readonly reminderId: string;
  /** How many times in a row one that repeats has reached nobody before. */
  readonly failures?: number | undefined;
}> = {
  name: 'remind.fire',
  schema: z.object({ userId: z.string(), reminderId: z.string(), failures: z.int().optional() }),
  concurrency: 50,
  timeLimitMs: 60_000,
  retries: 40,
  retryFirstMs: 1_000,
  retryMaxMs: 600_000,
};
