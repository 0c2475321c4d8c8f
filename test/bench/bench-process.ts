import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Environment } from '../../src/demo/child.ts';

export type BenchProcess = AsyncDisposable & {
  /** To ask it, by messages. */
  readonly child: ChildProcess;
  /** What it said when it was ready. */
  readonly firstLine: string;
  /** Seconds of one core so far, its threads' too. */
  cpuSeconds(): number;
  /** Resident, in MB (2^20), now and at the most. */
  memoryMb(): { readonly now: number; readonly peak: number };
};

export interface BenchProcessOptions {
  readonly env?: Environment;
  /** Of Node: `--cpu-prof`. */
  readonly execArgv?: readonly string[];
  /** The line by which it is ready; default: the first. */
  readonly until?: RegExp;
}

/** proc_pid_stat(5): user and system time are fields 14 and 15, in ticks of 10 ms. */
const ticksPerSecond = 100;

/** Starts a script and waits until it says that it is ready. */
export async function startProcess(
  script: string,
  args: readonly string[],
  { env = process.env, execArgv = [], until = /^/ }: BenchProcessOptions = {},
): Promise<BenchProcess> {
  const stdio = ['ignore', 'pipe', 'inherit', 'ipc'] as const;
  const child = fork(script, args, { env: { ...env }, execArgv: [...execArgv], stdio: [...stdio] });
  if (!child.stdout) throw new Error(`${script} has no output`);
  const ready = Promise.withResolvers<string>();
  const lines = createInterface(child.stdout).on('line', (line) => {
    if (until.test(line)) ready.resolve(line);
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const firstLine = await Promise.race([ready.promise, exited]);
  if (typeof firstLine !== 'string')
    throw new Error(`${script} ended with ${firstLine[0]} before it was ready`);
  // What it logs from now on is thrown away unread: to take it apart would cost the cores that are measured.
  lines.close();
  child.stdout.resume();
  return {
    child,
    firstLine,
    cpuSeconds: () => cpuSeconds(child),
    memoryMb: () => memoryMb(child),
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

/** By the kernel's own account (proc_pid_status(5)). */
function memoryMb({ pid }: ChildProcess): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024;
  return { now: mb('VmRSS'), peak: mb('VmHWM') };
}
