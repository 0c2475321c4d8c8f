import { z } from 'zod';
import type { JobKind } from '../../queue/jobs.ts';

/** Closes a poll whose time has come, and shows it; while Discord is away it is tried for some hours. */
export const settlePoll: JobKind<{ readonly pollId: string }> = {
  name: 'polls.settle',
  schema: z.object({ pollId: z.string() }),
  concurrency: 10,
  timeLimitMs: 20_000,
  retries: 40,
  retryFirstMs: 1_000,
  retryMaxMs: 600_000,
};
