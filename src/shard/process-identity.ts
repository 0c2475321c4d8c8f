import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** The kernel's boot and the pid namespace: containers share the former and number their processes anew. `undefined` without a /proc. */
const kernel = kernelIdentity();

/** What names this process among all hosts and times: `<machine>/<pid>/<start>/<host name>`. */
export const processIdentity = `${kernel ?? hostname()}/${process.pid}/${Math.round(performance.timeOrigin)}/${hostname()}`;

/** For people, who know hosts by their names. */
export function describeIdentity(identity: string): string {
  const [machine = identity, pid = '?', , host = machine] = identity.split('/');
  return `process ${pid} on host ${host}`;
}

/** Whether the process of this name is known to have ended; false when in doubt (another machine, a pid used again). */
export function isGone(identity: string): boolean {
  const [machine, pid] = identity.split('/');
  if (kernel === undefined || machine !== kernel) return false;
  if (Number(pid) === process.pid) return identity !== processIdentity;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // Any other refusal (EPERM) means that somebody is there.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

function kernelIdentity(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}.${/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]}`;
  } catch {
    return undefined;
  }
}
