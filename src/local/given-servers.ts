import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { Environment } from './environment.ts';
import type { LocalPart } from './server-context.ts';

/** Servers that the caller has already; a pair that is not given is started. */
export interface GivenServers {
  readonly database?: { readonly POSTGRES_URL: string; readonly POSTGRES_DIRECT_URL: string };
  readonly redis?: { readonly REDIS_URL: string; readonly REDIS_STATE_URL: string };
}

const postgresSchemes = ['postgres:', 'postgresql:'];
const redisSchemes = ['redis:', 'rediss:'];

export function givenServers(environment: Environment): GivenServers {
  const pooled = read(environment, 'POSTGRES_URL', postgresSchemes);
  const direct = read(environment, 'POSTGRES_DIRECT_URL', postgresSchemes);
  const cache = read(environment, 'REDIS_URL', redisSchemes);
  const state = read(environment, 'REDIS_STATE_URL', redisSchemes);
  if (pooled !== undefined && direct === undefined) throw incomplete('POSTGRES_URL', 'POSTGRES_DIRECT_URL');
  if (direct !== undefined && pooled === undefined) throw incomplete('POSTGRES_DIRECT_URL', 'POSTGRES_URL');
  if (state !== undefined && cache === undefined) throw incomplete('REDIS_STATE_URL', 'REDIS_URL');
  return {
    ...(pooled && direct && { database: { POSTGRES_URL: pooled, POSTGRES_DIRECT_URL: direct } }),
    ...(cache && { redis: { REDIS_URL: cache, REDIS_STATE_URL: state ?? cache } }),
  };
}

export function givenParts({ database, redis }: GivenServers): LocalPart[] {
  return [
    ...(database
      ? [part('postgres', database.POSTGRES_DIRECT_URL), part('pgbouncer', database.POSTGRES_URL)]
      : []),
    ...(redis ? [part('redis-cache', redis.REDIS_URL), part('redis-state', redis.REDIS_STATE_URL)] : []),
  ];
}

function part(name: LocalPart['name'], url: string): LocalPart {
  const { hostname, port } = new URL(url);
  const usual = name.startsWith('redis') ? 6379 : 5432;
  return { name, address: `${hostname}:${port || usual}`, pid: undefined, version: 'given' };
}

/** Its message never shows the value: there is a password in it. */
function read(environment: Environment, name: string, schemes: readonly string[]): string | undefined {
  const value = environment[name];
  if (value === undefined || value === '') return undefined;
  const url = URL.parse(value);
  if (url !== null && schemes.includes(url.protocol) && url.hostname !== '') return value;
  const shape = `${schemes[0]}//user:password@host:port`;
  throw new Failure(`${name} is not a URL like ${shape}; correct it, or unset it`, exitCodes.config);
}

function incomplete(given: string, absent: string): Failure {
  return new Failure(
    `${given} is set but ${absent} is not: set both to use servers of your own, or neither to have them started`,
    exitCodes.config,
  );
}
