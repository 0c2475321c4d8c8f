import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Computation, JobDefinition } from '../features/job.ts';
import { aborted } from '../lib/aborted.ts';
import { errorText } from '../lib/error-text.ts';

const entry = fileURLToPath(new URL('computation-process.ts', import.meta.url));

export type Answer = { readonly result: unknown } | { readonly error: string };

/** V8 aborts a process whose heap is full. */
const outOfMemory: readonly (string | null)[] = ['SIGABRT', 'SIGTRAP'];

/**
 * Runs a job's computation in a process of its own, which nothing but its end can hold up: a thread whose heap is full was measured to
 * live on beside its limit, with the whole process. Rejects with what the computation throws; when `signal` is aborted or the heap
 * outgrows its limit the process is killed wherever it is, also in an endless loop. It dies with this one.
 */
export async function compute(
  { kind, computation }: JobDefinition,
  input: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  if (computation === undefined)
    throw new TypeError(`${kind.name} computes, but its definition has no computation`);
  const child = start(computation);
  try {
    const over = aborted(signal).then(() => Promise.reject(signal.reason));
    return await Promise.race([answerOf(child, computation, input), over]);
  } finally {
    child.kill('SIGKILL');
  }
}

function start({ module, memoryMb }: Computation): ChildProcess {
  return fork(entry, [module.href], {
    execArgv: [`--max-old-space-size=${memoryMb}`],
    // Passwords and tokens are no business of a computation.
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'],
  });
}

function answerOf(child: ChildProcess, { memoryMb }: Computation, input: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer: Answer) => {
      if ('error' in answer) reject(new Error(answer.error));
      else resolve(answer.result);
    });
    child.once('error', reject);
    child.once('exit', (code, killer) => {
      const memory = outOfMemory.includes(killer) || code === 134;
      const reason = memory
        ? `it outgrew its memory limit of ${memoryMb} MiB`
        : `it ended with ${killer ?? code}`;
      reject(new Error(`the computation gave no result: ${reason}`));
    });
    child.send({ input }, (error) => {
      if (error) reject(new Error(`the computation was not started: ${errorText(error)}`));
    });
  });
}
