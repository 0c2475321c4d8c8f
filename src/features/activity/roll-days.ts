import { z } from 'zod';
import {
  COUNTED_MESSAGES_AHEAD_DAYS,
  COUNTED_MESSAGES_KEPT_DAYS,
  GUILD_ACTIVITY_AHEAD_MONTHS,
  GUILD_ACTIVITY_KEPT_MONTHS,
} from '../../../config/retention.ts';
import type { Db } from '../../db/db.ts';
import { rollPartitions, type Months } from '../../db/partitions.ts';
import { defineJob } from '../job.ts';

const months: Months = {
  table: 'guild_activity',
  aheadMonths: GUILD_ACTIVITY_AHEAD_MONTHS,
  keptMonths: GUILD_ACTIVITY_KEPT_MONTHS,
};

/** Makes the partitions of the coming days and months, and drops the old ones. */
export const rollDays = defineJob({
  kind: {
    name: 'activity.roll-days',
    schema: z.object({}),
    concurrency: 1,
    timeLimitMs: 30_000,
    retries: 5,
    retryFirstMs: 5_000,
    retryMaxMs: 300_000,
  },
  everyMs: 6 * 3_600_000,
  async run({ db }) {
    await rollMessageDays(db);
    await rollActivityMonths(db);
  },
});

export async function rollActivityMonths(db: Db): Promise<void> {
  await db.query('activity.roll_months', (sql) => rollPartitions(sql, months));
}

export async function rollMessageDays(db: Db): Promise<void> {
  await db.query(
    'activity.roll',
    (sql) =>
      sql`select shoal_roll_message_days(${COUNTED_MESSAGES_AHEAD_DAYS}::int, ${COUNTED_MESSAGES_KEPT_DAYS}::int)`,
    { deadlineMs: 10_000 },
  );
}
