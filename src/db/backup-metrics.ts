import { rename, writeFile } from 'node:fs/promises';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';

/**
 * Writes how old and how large the newest backup is to `file`, for node exporter's textfile collector, which reads `*.prom` of one
 * folder: a backup ends long before anybody could scrape it. Throws a `Failure` (exit 69); the backup itself is done by then.
 */
export async function writeBackupMetrics(
  file: string,
  { bytes, at }: { readonly bytes: number; readonly at: Date },
): Promise<void> {
  const lines = [
    '# HELP shoal_backup_time_seconds When the newest backup was complete',
    '# TYPE shoal_backup_time_seconds gauge',
    `shoal_backup_time_seconds ${at.getTime() / 1_000}`,
    '# HELP shoal_backup_size_bytes Size of the newest backup',
    '# TYPE shoal_backup_size_bytes gauge',
    `shoal_backup_size_bytes ${bytes}`,
  ];
  try {
    // Renamed, so that no scrape sees half of it; read by another user, and no secret.
    await writeFile(`${file}.part`, `${lines.join('\n')}\n`, { mode: 0o644 });
    await rename(`${file}.part`, file);
  } catch (error) {
    const text = `the backup is written, but not its metrics to ${file}: ${errorText(error)}`;
    throw new Failure(text, exitCodes.unavailable);
  }
}
