import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync, statSync } from 'node:fs';

export interface Respawned extends AsyncDisposable {
  readonly pid: number;
}

/** Kills a server with SIGKILL and returns what starts it again: the same program, arguments, folder and user. */
export function killForRespawn(pid: number): () => Promise<Respawned> {
  const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  const cwd = readlinkSync(`/proc/${pid}/cwd`);
  const { uid, gid } = statSync(`/proc/${pid}`);
  process.kill(pid, 'SIGKILL');
  return async () => {
    const child = spawn(program, args, { cwd, uid, gid, stdio: 'ignore' });
    await once(child, 'spawn');
    return {
      pid: child.pid ?? 0,
      async [Symbol.asyncDispose]() {
        const exited = once(child, 'exit');
        if (child.exitCode === null && child.kill('SIGKILL')) await exited;
      },
    };
  };
}
