import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';

export interface Respawned extends AsyncDisposable {
  readonly pid: number;
}

/** Kills a server with SIGKILL and returns what starts it again: the same program, arguments, folder and user. */
export function killForRespawn(pid: number): () => Promise<Respawned> {
  const cwd = readlinkSync(`/proc/${pid}/cwd`);
  const [program = '', ...args] = commandOf(pid, cwd);
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

function commandOf(pid: number, cwd: string): readonly string[] {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  // Redis writes over its arguments; src/local/redis-server.ts knows what they were.
  const [, program = '', port = ''] = /^(\S+redis-server) \S+:(\d+)/.exec(command[0] ?? '') ?? [];
  return program === '' ? command : [program, path.join(cwd, 'redis.conf'), '--port', port];
}
