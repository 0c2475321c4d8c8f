import { z } from 'zod';
import type { JobKind } from '../../queue/jobs.ts';

/**
 * Draws where the time has come, and makes what Discord shows agree with what is in the database; while Discord is away it is tried
 * for some hours.
 */
export const settleGiveaway: JobKind<{ readonly giveawayId: string }> = {
  name: 'giveaways.settle',
  schema: z.object({ giveawayId: z.string() }),
  concurrency: 10,
  timeLimitMs: 20_000,
  retries: 40,
  retryFirstMs: 1_000,
  retryMaxMs: 600_000,
};
