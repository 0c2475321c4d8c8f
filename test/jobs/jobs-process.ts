import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Environment } from '../../src/demo/child.ts';
import { loggedLines } from '../helpers/logged-lines.ts';

export interface JobsProcess extends AsyncDisposable {
  readonly pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it takes jobs. */
  readonly ready: Promise<unknown>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  logged(): Record<string, unknown>[];
}

/** Starts `jobs-fixture.ts`. */
export function startJobs(env: Environment): JobsProcess {
  const child = fork(path.join(import.meta.dirname, 'jobs-fixture.ts'), {
    env: { ...env, JOBS_METRICS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const failed = ended.then((code) => Promise.reject(new Error(`ended with ${code}:\n${printed}`)));
  const ready = Promise.race([once(child, 'message'), failed]);
  ready.catch(() => {});
  return {
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
    ready,
    ended,
    logged: () => loggedLines(printed),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
