import type { Cluster, Redis } from 'ioredis';
import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';

/**
 * One line when the connection is lost and one when it is back, however often it is tried between.
 * Only texts are logged: ioredis errors carry the arguments of the failed command, in a handshake the password.
 */
export function reportChanges(client: Redis | Cluster, log: Logger): void {
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
