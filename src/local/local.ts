import { ensurePrograms } from './ensure-programs.ts';
import { childEnvironment, type Environment } from './environment.ts';
import { givenParts, givenServers, type GivenServers } from './given-servers.ts';
import { startGuarded } from './guarded-servers.ts';
import { pgbouncerProgram, redisProgram } from './server-programs.ts';
import type { LocalPart } from './server-context.ts';

export type { LocalPart } from './server-context.ts';

export interface DatabaseEnv {
  /** Through PgBouncer, as the bot's role. */
  readonly POSTGRES_URL: string;
  /** Straight to PostgreSQL, as the role that owns the database. */
  readonly POSTGRES_DIRECT_URL: string;
}

export interface RedisEnv {
  readonly REDIS_URL: string;
  readonly REDIS_STATE_URL: string;
}

export interface Servers<Env> {
  readonly env: Env;
  readonly parts: readonly LocalPart[];
  /** Of what was started; it is removed with it, whatever else is in it. */
  readonly directory?: string;
  /** Settles when what was started is gone, by `stop` or otherwise; never when nothing was started. */
  readonly ended: Promise<void>;
  /** Stops what was started and removes its data. Until then, or until this process ends, the servers run. */
  stop(): Promise<void>;
}

export type LocalServers = Servers<DatabaseEnv & RedisEnv>;

export interface StartOptions {
  /** PATH and TMPDIR, and the URLs of servers that are there already. */
  readonly environment: Environment;
  /** What PostgreSQL begins with: a copy of this data directory, left by a server of ours that has ended in order. Default: nothing. */
  readonly postgresData?: string | undefined;
  readonly onProgress?: (line: string) => void;
  /** Gives the start up; what was started until then is stopped first. */
  readonly signal?: AbortSignal;
}

/**
 * PostgreSQL, PgBouncer and two Redis on free ports of 127.0.0.1, with a data directory that is removed in the end.
 * POSTGRES_URL with POSTGRES_DIRECT_URL, and REDIS_URL, name servers that are used instead.
 * Throws `Failure` when a program is missing, a URL is wrong or a server does not start; nothing is left running then.
 */
export async function startLocalServers(options: StartOptions): Promise<LocalServers> {
  const given = givenServers(options.environment);
  return start<DatabaseEnv & RedisEnv>(given, { database: !given.database, redis: !given.redis }, options);
}

/** The two Redis alone. */
export async function startRedis(options: StartOptions): Promise<Servers<RedisEnv>> {
  const { redis } = givenServers(options.environment);
  return start<RedisEnv>(redis ? { redis } : {}, { database: false, redis: !redis }, options);
}

async function start<Env>(
  given: GivenServers,
  wanted: { readonly database: boolean; readonly redis: boolean },
  options: StartOptions,
): Promise<Servers<Env>> {
  const { environment, postgresData, signal, onProgress = () => {} } = options;
  const env = { ...given.database, ...given.redis };
  if (!wanted.database && !wanted.redis) {
    return { env: env as Env, parts: givenParts(given), ended: new Promise(() => {}), stop: async () => {} };
  }
  const needed = [...(wanted.redis ? [redisProgram] : []), ...(wanted.database ? [pgbouncerProgram] : [])];
  const paths = await ensurePrograms(needed, { environment, onProgress });
  const programs = { redis: paths.get(redisProgram.command), pgbouncer: paths.get(pgbouncerProgram.command) };
  const servers = await startGuarded(
    { environment: childEnvironment(environment), programs, postgresData },
    { onProgress, signal },
  );
  return {
    ...servers,
    env: { ...env, ...servers.urls } as Env,
    parts: [...givenParts(given), ...servers.parts],
  };
}
