import { GIVEAWAYS_KEPT_DAYS } from '../../../config/retention.ts';
import { definePruneJob } from '../prune-job.ts';
import { pruneGiveaways } from './store.ts';

/** Forgets giveaways, and who entered, long after they ended. */
export const prune = definePruneJob('giveaways.prune', (db) =>
  db.query('giveaways.prune', (sql) => pruneGiveaways(sql, GIVEAWAYS_KEPT_DAYS), { deadlineMs: 30_000 }),
);
