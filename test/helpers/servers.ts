import path from 'node:path';
import { migrate } from '../../src/db/migrate.ts';
import { startLocalServers, startRedis, type LocalPart, type Servers } from '../../src/local/local.ts';
import { migratedData } from './postgres-template.ts';
import { root } from './processes.ts';
import { silentLog } from './silent-log.ts';

export interface TestRedis extends AsyncDisposable {
  readonly redisUrl: string;
  readonly redisStateUrl: string;
  pid(part: LocalPart['name']): number;
  stop(): Promise<void>;
}

export interface TestServers extends TestRedis {
  /** The app role, through PgBouncer in transaction mode. */
  readonly postgresUrl: string;
  /** The owner of the database, directly. */
  readonly directUrl: string;
  /** The four URLs as the variables that Shoal's processes read. */
  readonly env: Readonly<Record<string, string>>;
}

/** The two Redis of one test file's own, whatever the shell has set. */
export async function testRedis(): Promise<TestRedis> {
  const servers = await startRedis({ environment: environment() });
  const { REDIS_URL: redisUrl, REDIS_STATE_URL: redisStateUrl } = servers.env;
  return { redisUrl, redisStateUrl, ...handles(servers) };
}

/** PostgreSQL with an empty database, PgBouncer and two Redis of one test file's own, whatever the shell has set. */
export async function testServers(postgresData?: string): Promise<TestServers> {
  const servers = await startLocalServers({ environment: environment(), postgresData });
  const { env } = servers;
  return {
    postgresUrl: env.POSTGRES_URL,
    directUrl: env.POSTGRES_DIRECT_URL,
    redisUrl: env.REDIS_URL,
    redisStateUrl: env.REDIS_STATE_URL,
    env: { ...env },
    ...handles(servers),
  };
}

/** The same with the schema of this release. */
export async function migratedServers(): Promise<TestServers> {
  const servers = await testServers(migratedData());
  const { directUrl, postgresUrl } = servers;
  const appRole = new URL(postgresUrl).username;
  // Finds nothing to do where test/setup.ts has run.
  await migrate({ directUrl, appRole, folder: path.join(root, 'migrations'), log: silentLog });
  return servers;
}

function environment(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, HOME, NODE_COMPILE_CACHE } = process.env;
  return { PATH, TMPDIR, HOME, NODE_COMPILE_CACHE };
}

function handles(servers: Servers<unknown>): Pick<TestRedis, 'pid' | 'stop' | typeof Symbol.asyncDispose> {
  const stop = () => servers.stop();
  return {
    pid(name) {
      const pid = servers.parts.find((part) => part.name === name)?.pid;
      if (pid === undefined) throw new Error(`${name} was not started`);
      return pid;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
