import type { Redis } from 'ioredis';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { serverAddress } from '../lib/server-address.ts';
import { within } from '../lib/within.ts';
import { openClient, type ClientOptions, type RedisRole } from './client.ts';

export type { Redis, RedisRole };

const variables = { cache: 'REDIS_URL', state: 'REDIS_STATE_URL' } as const satisfies Record<
  RedisRole,
  string
>;

/**
 * Connects, and keeps connected: later losses are logged once and healed in the background, commands fail meanwhile.
 * Throws a `Failure` (exit 69) when no usable connection exists within `deadlineMs` (5 s).
 */
export async function connectRedis(
  options: ClientOptions & { readonly deadlineMs?: number },
): Promise<Redis> {
  const { url, role, deadlineMs = 5_000 } = options;
  const variable = variables[role];
  const address = serverAddress(url, 6379);
  const client = openClient(options);
  let reason = 'the connection was not accepted';
  client.on('error', (error: unknown) => {
    reason = errorText(error);
  });
  try {
    await within(firstReady(client), deadlineMs, () => {
      const text = `${variable}: no answer from redis at ${address} within ${deadlineMs} ms: ${reason}`;
      return new Failure(`${text}; start it or correct the address`, exitCodes.unavailable);
    });
    return client;
  } catch (error) {
    client.disconnect();
    if (error instanceof Failure) throw error;
    const text = `${variable}: redis at ${address} refused the login: ${errorText(error)}`;
    throw new Failure(`${text}; correct the user or password`, exitCodes.unavailable);
  }
}

/** Round trip of a PING in milliseconds, or undefined when it is not answered in time: `status` stays `ready` on a frozen server. */
export async function checkRedis(redis: Redis, deadlineMs: number): Promise<number | undefined> {
  const start = performance.now();
  try {
    await within(redis.ping(), deadlineMs, () => new Error('late'));
    return performance.now() - start;
  } catch {
    return undefined;
  }
}

/** Ends the connection after the replies under way; one that no longer answers is cut. */
export async function closeRedis(redis: Redis): Promise<void> {
  try {
    await redis.quit();
  } catch {
    redis.disconnect();
  }
}

/** Rejects only on an answer that trying again cannot change. */
function firstReady(client: Redis): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once('ready', resolve);
    client.on('error', (error: unknown) => {
      if (error instanceof Error && /^(WRONGPASS|NOAUTH|NOPERM)/.test(error.message)) reject(error);
    });
  });
}
