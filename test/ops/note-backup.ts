import path from 'node:path';
import { writeBackupMetrics } from '../../src/db/backup-metrics.ts';

/**
 * What a backup leaves for node exporter, in the folder that it reads. The backup itself is made elsewhere (test/db/kept-well.test.ts):
 * `pg_dump` is not among npm's PostgreSQL, and Debian's older one refuses it.
 */
export function noteBackup(folder: string): Promise<void> {
  return writeBackupMetrics(path.join(folder, 'shoal.prom'), { bytes: 2_048, at: new Date() });
}
