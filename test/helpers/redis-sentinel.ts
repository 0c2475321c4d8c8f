import { eventually } from './eventually.ts';
import type { RedisNode, RedisNodes } from './redis-node.ts';

export const watchedName = 'shoal-main';

export interface Watched {
  readonly primary: RedisNode;
  readonly replica: RedisNode;
  readonly sentinel: RedisNode;
}

/** Of the Sentinel itself. */
export const sentinelPassword = 'not-a-real-sentinel-password';

/** A primary, its replica, and one Sentinel that calls the primary down after half a second; both servers take `password`. */
export async function startWatched(nodes: RedisNodes, password: string): Promise<Watched> {
  const login = [`requirepass ${password}`, `masterauth ${password}`, 'repl-diskless-sync-delay 0'];
  const primary = await nodes.add(login, { password });
  const replica = await nodes.add([...login, `replicaof 127.0.0.1 ${primary.port}`], { password });
  const sentinel = await nodes.add(
    [
      `requirepass ${sentinelPassword}`,
      `sentinel monitor ${watchedName} 127.0.0.1 ${primary.port} 1`,
      `sentinel auth-pass ${watchedName} ${password}`,
      `sentinel down-after-milliseconds ${watchedName} 500`,
      `sentinel failover-timeout ${watchedName} 2000`,
    ],
    { sentinel: true, password: sentinelPassword },
  );
  await eventually(
    'the sentinel knows the replica',
    async () => {
      const replicas = await sentinel.ask('sentinel', 'replicas', watchedName);
      return (
        JSON.stringify(replicas).includes('"slave-repl-offset"') &&
        /master-link-status","ok/.test(JSON.stringify(replicas))
      );
    },
    20_000,
  );
  return { primary, replica, sentinel };
}
