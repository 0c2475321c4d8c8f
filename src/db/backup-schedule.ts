import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Complete backups in `folder`, the newest first: their names begin with the time in UTC. None where the folder is not there yet. */
async function backupsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /^shoal-.*\.dump$/.test(name))
    .toSorted()
    .toReversed();
}

/** Milliseconds until the newest backup in `folder` is `everyMs` old; 0 when it is older, or there is none. */
export async function nextBackupMs(folder: string, everyMs: number, nowMs: number): Promise<number> {
  const [newest] = await backupsIn(folder);
  if (newest === undefined) return 0;
  const { mtimeMs } = await stat(join(folder, newest));
  return Math.min(Math.max(mtimeMs + everyMs - nowMs, 0), everyMs);
}

/** Removes all but the newest `keep` backups, each with its checksum, and returns their names. */
export async function removeOldBackups(folder: string, keep: number): Promise<readonly string[]> {
  const old = (await backupsIn(folder)).slice(keep);
  for (const name of old) {
    await rm(join(folder, name));
    await rm(join(folder, `${name}.sha256`), { force: true });
  }
  return old;
}
