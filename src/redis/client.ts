import { Redis } from 'ioredis';
import { errorText } from '../lib/error-text.ts';
import { serverAddress } from '../lib/server-address.ts';
import type { Logger } from '../telemetry/log.ts';

/** What the server is used for; see `keys.ts`. */
export type RedisRole = 'cache' | 'state';

export interface ClientOptions {
  readonly url: string;
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

/** An ioredis client that never hangs and never queues: a command is answered, or fails within the role's limit. */
export function openClient({ url, role, log }: ClientOptions): Redis {
  const client = new Redis(url, {
    commandTimeout: limits[role].commandMs,
    socketTimeout: limits[role].silentMs,
    connectTimeout: 2_000,
    keepAlive: 10_000,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    // A command whose caller has given up must not be sent again later: by then it may overwrite something newer.
    autoResendUnfulfilledCommands: false,
    // A subscriber empties what it cached before it subscribes again, see subscriber.ts.
    autoResubscribe: false,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 5), 1_000) * (0.75 + Math.random() / 2),
  });
  reportChanges(client, log.child({ redis: role, address: serverAddress(url, 6379) }));
  return client;
}

/**
 * One line when the connection is lost and one when it is back, however often it is tried between.
 * Only texts are logged: ioredis errors carry the arguments of the failed command, in a handshake the password.
 */
function reportChanges(client: Redis, log: Logger): void {
  let lost = false;
  let reason = 'connection closed';
  client.on('error', (error: unknown) => {
    reason = errorText(error);
  });
  client.on('reconnecting', () => {
    if (!lost) log.warn({ reason }, 'no connection to redis; trying again');
    lost = true;
  });
  client.on('ready', () => {
    if (lost) log.info('redis answers again');
    lost = false;
    reason = 'connection closed';
  });
}
