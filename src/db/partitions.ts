import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';
import type { Db } from './db.ts';

export interface Months {
  /** A table of ours that is partitioned by month. */
  readonly table: string;
  /** Months that have a partition before they begin. */
  readonly aheadMonths: number;
  /** Months that are kept after they ended. */
  readonly keptMonths: number;
}

/** What it does on most days costs one query that finds nothing to do. */
const everyMs = 6 * 3_600_000;

/** Makes the partitions of the coming months and drops those of months past. Any number of processes may. Rejects with a `DbError`. */
export async function rollPartitions(db: Db, { table, aheadMonths, keptMonths }: Months): Promise<void> {
  await db.query(
    `partitions.${table}`,
    (sql) => sql`select shoal_roll_partitions(${table}, ${aheadMonths}::int, ${keptMonths}::int)`,
    { deadlineMs: 10_000 },
  );
}

/** Does so now and every six hours; what fails is logged and tried again then. */
export function keepPartitions({ db, log, ...months }: Months & { readonly db: Db; readonly log: Logger }): {
  stop(): void;
} {
  const roll = () =>
    rollPartitions(db, months).catch((error: unknown) => {
      log.warn(
        { table: months.table, reason: errorText(error) },
        'the partitions were not brought up to date',
      );
    });
  void roll();
  const timer = setInterval(() => void roll(), everyMs).unref();
  return { stop: () => clearInterval(timer) };
}
