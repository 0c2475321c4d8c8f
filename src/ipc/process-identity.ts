import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** The kernel's boot and the pid namespace: containers share the former and number their processes anew. `undefined` without a /proc of it. */
const kernel = kernelIdentity();

/** What names this process among all hosts and times: `<machine>/<pid>/<start>/<host name>`. */
export const processIdentity = `${kernel ?? hostname()}/${process.pid}/${startOf('self') ?? Math.round(performance.timeOrigin)}/${hostname()}`;

/** For people, who know hosts by their names. */
export function describeIdentity(identity: string): string {
  const [machine = identity, pid = '?', , host = machine] = identity.split('/');
  return `process ${pid} on host ${host}`;
}

/** Whether the process of this name is known to have ended; false when in doubt (another machine or container, a process that only stands still). */
export function isGone(identity: string): boolean {
  const [machine, pid = '', start] = identity.split('/');
  if (kernel === undefined || machine !== kernel) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // Any other refusal (EPERM) means that somebody is there.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return true;
  }
  // A pid is used again, but not with the same start. Where /proc hides other users' processes, nobody knows.
  return (startOf(pid) ?? start) !== start;
}

/** When a process of this kernel started, in ticks since the boot (proc_pid_stat(5), field 22). Its name, in parentheses, may hold anything. */
function startOf(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[22 - 3];
  } catch {
    return undefined;
  }
}

function kernelIdentity(): string | undefined {
  try {
    if (readlinkSync('/proc/self') !== String(process.pid)) return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]}`;
  } catch {
    return undefined;
  }
}
