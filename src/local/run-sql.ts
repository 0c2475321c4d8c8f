import postgres from 'postgres';

/**
 * Runs one statement over a connection of its own. Returns the server's version.
 * Throws what the server answers, or the signal's reason.
 */
export async function runSql(url: string, statement: string, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const sql = postgres(url, { max: 1, prepare: false, fetch_types: false });
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([sql.unsafe(statement), aborted]);
    return String(sql.parameters['server_version']);
  } finally {
    signal.removeEventListener('abort', abort);
    await sql.end({ timeout: 0 });
  }
}
