import type { Sql } from './connection.ts';

export interface Months {
  /** A table of ours that is partitioned by month. */
  readonly table: string;
  /** Months that have a partition before they begin. */
  readonly aheadMonths: number;
  /** Months that are kept after they ended. */
  readonly keptMonths: number;
}

/** Makes the partitions of the coming months and drops those of months past. Any number of processes may. */
export async function rollPartitions(sql: Sql, { table, aheadMonths, keptMonths }: Months): Promise<void> {
  await sql`select shoal_roll_partitions(${table}, ${aheadMonths}::int, ${keptMonths}::int)`;
}
