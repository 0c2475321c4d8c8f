import { z } from 'zod';
import type { Db } from '../db/db.ts';
import { defineJob } from './job.ts';

/** Once a day forgets what is long over. `prune` resolves with how many rows that were. */
export function definePruneJob(name: string, prune: (db: Db) => Promise<number>) {
  return defineJob({
    kind: {
      name,
      schema: z.object({}),
      concurrency: 1,
      timeLimitMs: 60_000,
      retries: 3,
      retryFirstMs: 30_000,
      retryMaxMs: 300_000,
    },
    everyMs: 86_400_000,
    async run({ db, log }) {
      log.info({ kind: name, rows: await prune(db) }, 'what is long over is forgotten');
    },
  });
}
