import type { GuardianOrder, GuardianUrls } from './guardian-messages.ts';
import { startPgbouncer } from './pgbouncer-server.ts';
import { startPostgres } from './postgres-server.ts';
import { startRedisServer } from './redis-server.ts';
import type { LocalPart, ServerContext } from './server-context.ts';

export interface StartedServers {
  readonly urls: GuardianUrls;
  readonly parts: readonly LocalPart[];
}

type Progress = (line: string) => void;

/** Starts what was ordered, all at once; waits for every start to settle before it throws the first failure. */
export async function startServers(
  { programs, postgresData }: GuardianOrder,
  context: ServerContext,
  onProgress: Progress,
): Promise<StartedServers> {
  const starts = [
    ...(programs.pgbouncer === undefined
      ? []
      : [startDatabase(programs.pgbouncer, postgresData, context, onProgress)]),
    ...(programs.redis === undefined ? [] : [startRedisPair(programs.redis, context, onProgress)]),
  ];
  const settled = await Promise.allSettled(starts);
  const failed = settled.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const started = await Promise.all(starts);
  return {
    urls: Object.assign({}, ...started.map((each) => each.urls)) as GuardianUrls,
    parts: started.flatMap((each) => each.parts),
  };
}

async function startDatabase(
  pgbouncer: string,
  postgresData: string | undefined,
  context: ServerContext,
  onProgress: Progress,
): Promise<StartedServers> {
  const postgres = await startPostgres(context, postgresData);
  onProgress(describe(postgres.part));
  const { part, url } = await startPgbouncer(pgbouncer, postgres, context);
  onProgress(describe(part));
  return {
    urls: { POSTGRES_URL: url, POSTGRES_DIRECT_URL: postgres.ownerUrl },
    parts: [postgres.part, part],
  };
}

async function startRedisPair(
  redis: string,
  context: ServerContext,
  onProgress: Progress,
): Promise<StartedServers> {
  const cache = await startRedisServer('redis-cache', redis, context);
  onProgress(describe(cache.part));
  const state = await startRedisServer('redis-state', redis, context);
  onProgress(describe(state.part));
  return { urls: { REDIS_URL: cache.url, REDIS_STATE_URL: state.url }, parts: [cache.part, state.part] };
}

function describe({ name, version, address, pid }: LocalPart): string {
  return `${name} ${version} on ${address} (pid ${pid})`;
}
