import { within } from '../lib/within.ts';
import { Connection } from './connection.ts';
import { showPooler } from './pooler-console.ts';

/** The console's answer is a courtesy: a pooler that has none, or does not let us in, is used without. */
const consoleMs = 1_000;

/**
 * Whether named prepared statements work at this address: they halve the round trips, and hang a PgBouncer before 1.21.
 * They do on PostgreSQL itself, and through a PgBouncer whose console shows `max_prepared_statements` above 0.
 * Rejects when no query is answered within `deadlineMs`.
 */
export async function takesPrepared(url: string, deadlineMs: number): Promise<boolean> {
  const connection = new Connection(url);
  const late = () => new Error(`no answer within ${deadlineMs} ms`);
  try {
    const rows = await within(
      connection.sql<{ pid: number }[]>`select pg_backend_pid() as pid`,
      deadlineMs,
      late,
    );
    // A pooler makes up the process id by which its client may cancel; PostgreSQL gives its own.
    return rows.state.pid === rows[0]?.pid || allowsPrepared(await poolerConfig(url));
  } finally {
    connection.destroy();
  }
}

/** A row of `SHOW CONFIG`. */
interface ShownSetting {
  readonly key: string;
  readonly value: string;
}

/** The settings of the PgBouncer at this address, for a role of its `stats_users`; none where there is no such console. */
export function poolerConfig(url: string): Promise<readonly ShownSetting[]> {
  return showPooler<ShownSetting>(url, 'config', consoleMs).catch(() => []);
}

/** The setting came with 1.21; 0 turns it off. */
export function allowsPrepared(config: readonly ShownSetting[]): boolean {
  return config.some(({ key, value }) => key === 'max_prepared_statements' && Number(value) > 0);
}
