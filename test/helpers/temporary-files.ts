import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';

const memory = '/dev/shm';
const neededBytes = 4 * 2 ** 30;

/**
 * Where the tests of a run keep temporary files unless TMPDIR says otherwise: in memory where there is plenty of it and programs may run
 * from there. The thousand files of each PostgreSQL cost a disk 1.1 s of CPU, memory 0.4 s. `undefined`: where the system has them.
 * Disposing of it removes what is left there: memory is not given back by itself.
 */
export function temporaryFiles({
  TMPDIR,
}: NodeJS.ProcessEnv): (Disposable & { readonly path: string }) | undefined {
  if (TMPDIR !== undefined || !isRoomy()) return undefined;
  // Short: a socket's path has 107 bytes at most (unix(7)).
  const folder = mkdtempSync(path.join(memory, 'shoal-'));
  // As /tmp is: servers run as another user where this is root.
  chmodSync(folder, 0o1777);
  return {
    path: folder,
    // Servers of a test that was killed may still remove theirs.
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }),
  };
}

/** False also on another system than Linux. */
function isRoomy(): boolean {
  try {
    const mount = new RegExp(`^\\S+ ${memory} tmpfs (\\S+)`, 'm').exec(
      readFileSync('/proc/self/mounts', 'utf8'),
    );
    if (mount === null || /\b(?:noexec|ro)\b/.test(mount[1] ?? '')) return false;
    const { bavail, bsize } = statfsSync(memory);
    return Math.min(bavail * bsize, availableBytes(), ownBytes()) > neededBytes;
  } catch {
    return false;
  }
}

/** The mount promises half of the memory, also where that is in use. */
function availableBytes(): number {
  const [, kilobytes] = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8')) ?? [];
  return Number(kilobytes ?? 0) * 1_024;
}

/** What a container or service may still take, its files in memory included (cgroups, version 2); without a limit all there is. */
function ownBytes(): number {
  const [, own] = /^0::(.+)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8')) ?? [];
  const read = (name: string) => Number(readFileSync(path.join('/sys/fs/cgroup', own ?? '', name), 'utf8'));
  try {
    const max = read('memory.max');
    // `max`: no limit.
    return Number.isNaN(max) ? Infinity : max - read('memory.current');
  } catch {
    return Infinity;
  }
}
