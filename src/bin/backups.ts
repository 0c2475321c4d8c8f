import './require-node.js';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { nextBackupMs, removeOldBackups } from '../db/backup-schedule.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { readFlags, wholeNumberFlag } from '../lib/flags.ts';
import { runMain } from '../lib/run-main.ts';

const hourMs = 3_600_000;
/** After a failure: long enough not to fill the log while PostgreSQL is away, short enough to lose no day. */
const retryMs = 300_000;
const backupStarter = fileURLToPath(new URL('backup.ts', import.meta.url));

/** Backups for as long as it runs, for containers, which have no cron, and for PM2 (backups.config.cjs). */
await runMain('backups', async (stop) => {
  const flags = readFlags(process.argv.slice(2), {
    out: { type: 'string', default: 'backups' },
    'every-hours': { type: 'string', default: '24' },
    keep: { type: 'string', default: '14' },
    metrics: { type: 'string' },
  });
  const everyMs = wholeNumberFlag('every-hours', flags['every-hours'], 1, 744) * hourMs;
  const keep = wholeNumberFlag('keep', flags.keep, 1, 1_000);
  const args = ['--out', flags.out, ...(flags.metrics === undefined ? [] : ['--metrics', flags.metrics])];
  let waitMs = await nextBackupMs(flags.out, everyMs, Date.now());
  while (await wait(waitMs, stop)) {
    const done = await backUp(args, stop);
    const removed = await removeOldBackups(flags.out, keep);
    if (removed.length > 0) process.stdout.write(`backups: removed ${removed.join(', ')}\n`);
    // One of which only the metrics failed is there: the next one is due in its time, or they would fill the disk.
    const dueMs = await nextBackupMs(flags.out, everyMs, Date.now());
    waitMs = done ? dueMs : Math.max(dueMs, retryMs);
  }
  return exitCodes.ok;
});

/** Whether the time passed before the process was told to stop. */
function wait(ms: number, stop: AbortSignal): Promise<boolean> {
  return delay(ms, true, { signal: stop }).catch(() => false);
}

/** A process each time: what it holds of the database is gone with it. */
async function backUp(args: readonly string[], stop: AbortSignal): Promise<boolean> {
  const child = spawn(process.execPath, [backupStarter, ...args], { stdio: 'inherit' });
  const end = () => child.kill('SIGTERM');
  stop.addEventListener('abort', end, { once: true });
  const [code] = (await once(child, 'exit')) as [number | null];
  stop.removeEventListener('abort', end);
  return code === 0;
}
