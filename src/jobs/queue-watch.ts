import { setTimeout as delay } from 'node:timers/promises';
import { JOBS_LOOK_MS } from '../../config/jobs.ts';
import { DbError, type Db } from '../db/db.ts';
import type { JobDefinition } from '../features/job.ts';
import { countJobs } from '../queue/job-records.ts';
import { schedule } from '../queue/jobs.ts';
import { jobsDead, jobsOldestSeconds, jobsWaiting } from '../telemetry/jobs.ts';
import type { Logger } from '../telemetry/log.ts';

/** Until `stop`: keeps the recurring jobs scheduled, and the queue's length in the metrics. */
export async function watchQueue(
  definitions: readonly JobDefinition[],
  db: Db,
  log: Logger,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    try {
      await scheduleAll(definitions, db);
      await measure(definitions, db);
    } catch (error) {
      if (!(error instanceof DbError) || error.code === 'refused')
        log.error({ err: error }, 'recurring jobs cannot be scheduled, or the queue not be counted');
    }
    await delay(JOBS_LOOK_MS, undefined, { signal: stop }).catch(() => undefined);
  }
}

async function scheduleAll(definitions: readonly JobDefinition[], db: Db): Promise<void> {
  for (const { kind, everyMs } of definitions)
    if (everyMs !== undefined) await db.query('jobs.schedule', (sql) => schedule(sql, kind, {}, everyMs));
}

async function measure(definitions: readonly JobDefinition[], db: Db): Promise<void> {
  const counts = await db.query('jobs.count', countJobs);
  const names = definitions.map(({ kind }) => kind.name);
  for (const kind of [...names, 'other']) {
    const same = counts.filter((count) => (names.includes(count.kind) ? count.kind : 'other') === kind);
    jobsWaiting.set({ kind }, sum(same.map(({ waiting }) => waiting)));
    jobsDead.set({ kind }, sum(same.map(({ dead }) => dead)));
    jobsOldestSeconds.set({ kind }, Math.max(0, ...same.map(({ oldestSeconds }) => oldestSeconds)));
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
