import { z } from 'zod';
import { JOB_DEAD_KEPT_DAYS, JOB_KEY_KEPT_DAYS } from '../../config/jobs.ts';
import { COMMAND_USAGE_AHEAD_MONTHS, COMMAND_USAGE_KEPT_MONTHS } from '../../config/retention.ts';
import type { Sql } from '../db/db.ts';
import { rollPartitions, type Months } from '../db/partitions.ts';
import { defineJob, type JobDefinition } from '../features/job.ts';
import { pruneJobs } from '../queue/job-records.ts';
import type { JobKind } from '../queue/jobs.ts';

/** What keeps the database in order; run hourly by one process, it must bear being run twice. `run` returns what it did, for the log. */
export interface MaintenanceTask {
  readonly name: string;
  readonly run: (sql: Sql) => Promise<object>;
}

const kind: JobKind<object> = {
  name: 'maintenance',
  schema: z.object({}),
  concurrency: 1,
  timeLimitMs: 120_000,
  retries: 3,
  retryFirstMs: 30_000,
  retryMaxMs: 300_000,
};

/** Each task with a deadline of its own, far above that of a member's query. */
const taskDeadlineMs = 30_000;

export function maintenance(tasks: readonly MaintenanceTask[]): JobDefinition {
  return defineJob({
    kind,
    everyMs: 3_600_000,
    async run({ db, log, signal }) {
      for (const { name, run } of tasks) {
        signal.throwIfAborted();
        const done = await db.query(`maintenance.${name}`, run, { deadlineMs: taskDeadlineMs });
        log.info({ task: name, ...done }, 'maintenance done');
      }
    },
  });
}

export const pruneJobsTask: MaintenanceTask = {
  name: 'jobs',
  run: (sql) => pruneJobs(sql, { keyDays: JOB_KEY_KEPT_DAYS, deadDays: JOB_DEAD_KEPT_DAYS }),
};

const commandUsageMonths: Months = {
  table: 'command_usage',
  aheadMonths: COMMAND_USAGE_AHEAD_MONTHS,
  keptMonths: COMMAND_USAGE_KEPT_MONTHS,
};

/** A month without its partition would have no place for what is written in it. */
export const commandUsageTask: MaintenanceTask = {
  name: 'command_usage',
  run: async (sql) => {
    await rollPartitions(sql, commandUsageMonths);
    return commandUsageMonths;
  },
};
