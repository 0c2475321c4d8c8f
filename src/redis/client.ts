import { Redis, type RedisOptions } from 'ioredis';
import { parseSentinelUrl, type SentinelUrl } from '../lib/sentinel-url.ts';
import type { Logger } from '../telemetry/log.ts';
import { measure } from './measure.ts';
import { reportChanges } from './report.ts';
import { addressOf, tlsOf, type RedisRole, type RedisServer } from './server.ts';

export interface ClientOptions extends RedisServer {
  readonly role: RedisRole;
  readonly log: Logger;
}

/**
 * `commandMs` frees the caller of a frozen server: a cold cache key asks twice at most and must be answered within 300 ms.
 * `silentMs` drops the connection when nothing at all came back, which bounds what is in flight and ends a partition
 * that closes no socket; it exceeds the longest stalls of a healthy machine many times.
 */
const limits = {
  cache: { commandMs: 100, silentMs: 1_000 },
  state: { commandMs: 500, silentMs: 2_000 },
} as const satisfies Record<RedisRole, object>;

const connectMs = 2_000;

export function retryDelay(attempt: number): number {
  return Math.round(Math.min(50 * 2 ** Math.min(attempt, 5), 1_000) * (0.75 + Math.random() / 2));
}

/** Of every connection: a command is answered, or fails within the role's limit. */
export function connectionOptions(role: RedisRole) {
  return {
    commandTimeout: limits[role].commandMs,
    socketTimeout: limits[role].silentMs,
    connectTimeout: connectMs,
    keepAlive: 10_000,
    // It says CLIENT SETINFO, which Redis before 7.2 does not know and a narrow ACL user may not.
    disableClientInfo: true,
    maxRetriesPerRequest: 1,
    // A command whose caller has given up must not be sent again later: by then it may overwrite something newer.
    autoResendUnfulfilledCommands: false,
    // A subscriber empties what it cached before it subscribes again, see subscriber.ts.
    autoResubscribe: false,
  } as const satisfies RedisOptions;
}

/** A client of one server, or of the primary that Sentinels name, that never hangs and never queues. */
export function openClient(options: ClientOptions): Redis {
  const { url, role, log } = options;
  const common = {
    ...connectionOptions(role),
    ...tlsOf(options),
    enableOfflineQueue: false,
    retryStrategy: retryDelay,
    // What is a replica now was the primary before: another one is found by the same name, or by the Sentinels.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  };
  const watched = parseSentinelUrl(url);
  const client =
    watched === undefined
      ? new Redis(url, common)
      : new Redis({ ...common, ...sentinelOptions(watched, options.sentinelPassword, common.tls) });
  reportChanges(client, log.child({ redis: role, address: addressOf(options) }));
  measure(client, role);
  return client;
}

/** The Sentinels are asked at each connection. One that hangs is not waited for; all of them are tried again for ever. */
function sentinelOptions(
  { sentinels, name, username, password }: SentinelUrl,
  sentinelPassword: string | undefined,
  tls: { readonly ca?: Buffer } | undefined,
) {
  return {
    sentinels: [...sentinels],
    name,
    username,
    password,
    sentinelPassword,
    sentinelCommandTimeout: connectMs,
    sentinelRetryStrategy: retryDelay,
    ...(tls && { sentinelTLS: tls, enableTLSForSentinelMode: true }),
  } satisfies RedisOptions;
}
