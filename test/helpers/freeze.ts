import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import type { Redis } from '../../src/redis/redis.ts';

export interface Frozen {
  thaw(): void;
}

/** Stops processes as a hung host does: connections stay open, nothing answers. */
export function freeze(pids: readonly number[]): Frozen {
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return {
    thaw() {
      for (const pid of pids) {
        try {
          process.kill(pid, 'SIGCONT');
        } catch {
          // A backend whose client went away while it was frozen ends as soon as the first of them runs again.
        }
      }
    },
  };
}

/** The server's postmaster and its present backends. */
export async function postgresPids(directUrl: string): Promise<readonly number[]> {
  const sql = postgres(directUrl, { max: 1, onnotice: () => undefined });
  const [self] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  if (self === undefined) throw new Error('no backend');
  const parent = Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${self.pid}/status`, 'utf8'))?.[1]);
  const others = await sql<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
  await sql.end();
  return [parent, ...others.map(({ pid }) => pid)];
}

export async function redisPid(redis: Redis): Promise<number> {
  return Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1]);
}
