import { readFileSync } from 'node:fs';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { hostPortText, type HostPort } from '../lib/host-port.ts';
import { parseSentinelUrl } from '../lib/sentinel-url.ts';
import { serverAddress } from '../lib/server-address.ts';

/** What a Redis is used for; see `keys.ts`. */
export type RedisRole = 'cache' | 'state';

/** How a Redis is reached. */
export interface RedisServer {
  /** `redis://` or `rediss://` (TLS) for a server, `redis+sentinel://` or `rediss+sentinel://` for what Sentinels watch. */
  readonly url: string;
  /** Some nodes of a Redis Cluster. Scheme, user and password are those of `url`, whose address is not used then. */
  readonly clusterNodes?: readonly HostPort[] | undefined;
  /** Of the Sentinels themselves; user and password of the servers stand in `url`. */
  readonly sentinelPassword?: string | undefined;
  /** PEM file with the authorities that may have signed a server's certificate; without it Node's own count. */
  readonly caFile?: string | undefined;
  /** The variable that says so, for messages; without it the usual one of the role. */
  readonly variable?: string | undefined;
}

/** Where it is, to be shown: never with a user or a password. */
export function addressOf({ url, clusterNodes }: RedisServer): string {
  if (clusterNodes !== undefined) return hostPortText(clusterNodes);
  const watched = parseSentinelUrl(url);
  if (watched === undefined) return serverAddress(url, 6379);
  return `${watched.name} of the Sentinels ${hostPortText(watched.sentinels)}`;
}

const usual = { cache: 'REDIS_URL', state: 'REDIS_STATE_URL' } as const satisfies Record<RedisRole, string>;

export function variableOf({ variable, role }: RedisServer & { readonly role: RedisRole }): string {
  return variable ?? usual[role];
}

/** Throws a `Failure` (exit 78) for a `caFile` that cannot be read. */
export function tlsOf({ url, caFile }: RedisServer): { readonly tls?: { readonly ca?: Buffer } } {
  if (!url.startsWith('rediss')) return {};
  if (caFile === undefined) return { tls: {} };
  try {
    return { tls: { ca: readFileSync(caFile) } };
  } catch (error) {
    const problem = `REDIS_CA_FILE cannot be read: ${errorText(error)}`;
    throw new Failure(`${problem}; set it to the PEM file of the authority that signed`, exitCodes.config);
  }
}
