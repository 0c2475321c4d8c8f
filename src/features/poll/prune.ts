import { z } from 'zod';
import { POLLS_KEPT_DAYS } from '../../../config/retention.ts';
import { defineJob } from '../job.ts';
import { prunePolls } from './store.ts';

/** Forgets polls, and who voted for what, long after they closed. */
export const prune = defineJob({
  kind: {
    name: 'polls.prune',
    schema: z.object({}),
    concurrency: 1,
    timeLimitMs: 60_000,
    retries: 3,
    retryFirstMs: 30_000,
    retryMaxMs: 300_000,
  },
  everyMs: 86_400_000,
  async run({ db, log }) {
    const polls = await db.query('polls.prune', (sql) => prunePolls(sql, POLLS_KEPT_DAYS), {
      deadlineMs: 30_000,
    });
    log.info({ polls }, 'old polls are forgotten');
  },
});
