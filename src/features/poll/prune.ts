import { POLLS_KEPT_DAYS } from '../../../config/retention.ts';
import { definePruneJob } from '../prune-job.ts';
import { prunePolls } from './store.ts';

/** Forgets polls, and who voted for what, long after they closed. */
export const prune = definePruneJob('polls.prune', (db) =>
  db.query('polls.prune', (sql) => prunePolls(sql, POLLS_KEPT_DAYS), { deadlineMs: 30_000 }),
);
