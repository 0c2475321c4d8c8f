import './require-node.js';
import { ownerConfig, processEnvironment } from '../config/config.ts';
import { backup } from '../db/backup.ts';
import { writeBackupMetrics } from '../db/backup-metrics.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { readFlags } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';

await runMain('backup', async (stop) => {
  const { out, metrics } = readFlags(process.argv.slice(2), {
    out: { type: 'string', default: 'backups' },
    metrics: { type: 'string', default: '' },
  });
  const { directUrl: url, path } = ownerConfig(processEnvironment);
  const { file, bytes, checksum } = await backup({ url, path, stop, folder: out });
  if (metrics !== '') await writeBackupMetrics(metrics, { bytes, at: new Date() });
  process.stdout.write(`backup: wrote ${file}, ${Math.ceil(bytes / 1024)} KiB, sha256 ${checksum}\n`);
  return exitCodes.ok;
});
