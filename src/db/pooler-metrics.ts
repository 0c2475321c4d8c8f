import { poolGauges, poolerUp } from '../telemetry/pooler.ts';
import { showPooler } from './pooler-console.ts';

/** Below a scrape's time-out: it is PgBouncer that is to be seen as silent, not its exporter. */
const answerMs = 800;

export type ShownPool = Readonly<
  Record<'database' | 'user' | 'maxwait_us' | keyof typeof poolGauges, string>
>;

/** Sets the metrics to what the PgBouncer at this address says of its pools. Resolves to why it says nothing, if so. */
export async function lookAtPooler(url: string): Promise<unknown> {
  let pools: readonly ShownPool[] = [];
  let problem: unknown;
  try {
    pools = await showPooler<ShownPool>(url, 'pools', answerMs);
  } catch (error) {
    problem = error;
  }
  poolerUp.set(problem === undefined ? 1 : 0);
  for (const column of Object.keys(poolGauges) as (keyof typeof poolGauges)[]) {
    // A pool that is gone has no series any more.
    poolGauges[column].reset();
    for (const pool of pools)
      poolGauges[column].set({ database: pool.database, user: pool.user }, valueOf(pool, column));
  }
  return problem;
}

/** The wait is in two columns: whole seconds, and the rest in microseconds. */
export function valueOf(pool: ShownPool, column: keyof typeof poolGauges): number {
  const value = Number(pool[column]);
  return column === 'maxwait' ? value + Number(pool.maxwait_us) / 1e6 : value;
}
