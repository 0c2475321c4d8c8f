import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export type BenchProcess = AsyncDisposable & {
  readonly firstLine: string;
  /** Seconds of one core so far, its threads' too. */
  cpuSeconds(): number;
};

/** proc_pid_stat(5): user and system time are fields 14 and 15, in ticks of 10 ms. */
const ticksPerSecond = 100;

/** Starts a script and waits for the first line that it prints. */
export async function startProcess(script: string, args: readonly string[]): Promise<BenchProcess> {
  const child = fork(script, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  if (!child.stdout) throw new Error(`${script} has no output`);
  const lines = createInterface(child.stdout);
  const exited = once(child, 'exit');
  const [firstLine] = (await Promise.race([once(lines, 'line'), exited])) as [unknown];
  if (typeof firstLine !== 'string')
    throw new Error(`${script} ended with ${String(firstLine)} before it was ready`);
  return {
    firstLine,
    cpuSeconds: () => cpuSeconds(child),
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await exited;
    },
  };
}

function cpuSeconds({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is a name in brackets that may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
