import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Environment } from '../../src/demo/child.ts';
import { root } from './processes.ts';
import { loggedLines } from './logged-lines.ts';

/** A manager with its shards, and everything that they log. */
export interface ManagerProcess extends AsyncDisposable {
  readonly pid: number;
  /** Resolves when every shard serves; rejects when it ends before. */
  readonly ready: Promise<void>;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** What it and its shards logged so far. */
  logged(): Record<string, unknown>[];
}

export function startManager(env: Environment): ManagerProcess {
  const child = fork(path.join(root, 'src/bin/manager.ts'), {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => {});
  child.on('message', () => ready.resolve());
  void ended.then((code) => ready.reject(new Error(`the manager ended with ${code}:\n${printed}`)));
  return {
    pid: child.pid ?? 0,
    ready: ready.promise,
    ended,
    logged: () => loggedLines(printed),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
