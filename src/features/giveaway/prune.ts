import { z } from 'zod';
import { GIVEAWAYS_KEPT_DAYS } from '../../../config/retention.ts';
import { defineJob } from '../job.ts';
import { pruneGiveaways } from './store.ts';

/** Forgets giveaways, and who entered, long after they ended. */
export const prune = defineJob({
  kind: {
    name: 'giveaways.prune',
    schema: z.object({}),
    concurrency: 1,
    timeLimitMs: 60_000,
    retries: 3,
    retryFirstMs: 30_000,
    retryMaxMs: 300_000,
  },
  everyMs: 86_400_000,
  async run({ db, log }) {
    const giveaways = await db.query('giveaways.prune', (sql) => pruneGiveaways(sql, GIVEAWAYS_KEPT_DAYS), {
      deadlineMs: 30_000,
    });
    log.info({ giveaways }, 'old giveaways are forgotten');
  },
});
