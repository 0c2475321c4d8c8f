import { startLocalServers, type LocalPart } from '../../src/local/local.ts';

export interface TestServers extends AsyncDisposable {
  /** The app role, through PgBouncer in transaction mode. */
  readonly postgresUrl: string;
  /** The owner of an empty database, directly. */
  readonly directUrl: string;
  readonly redisUrl: string;
  readonly redisStateUrl: string;
  /** The same four as the variables that Shoal's processes read. */
  readonly env: Readonly<Record<string, string>>;
  pid(part: LocalPart['name']): number;
  stop(): Promise<void>;
}

/** PostgreSQL, PgBouncer and two Redis of one test file's own, whatever the shell has set. */
export async function testServers(): Promise<TestServers> {
  const { PATH, TMPDIR, HOME, NODE_COMPILE_CACHE } = process.env;
  const environment = { PATH, TMPDIR, HOME, NODE_COMPILE_CACHE };
  const servers = await startLocalServers({ environment });
  const { env, parts } = servers;
  const stop = () => servers.stop();
  return {
    postgresUrl: env.POSTGRES_URL,
    directUrl: env.POSTGRES_DIRECT_URL,
    redisUrl: env.REDIS_URL,
    redisStateUrl: env.REDIS_STATE_URL,
    env: { ...env },
    pid(name) {
      const pid = parts.find((part) => part.name === name)?.pid;
      if (pid === undefined) throw new Error(`${name} was not started`);
      return pid;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
