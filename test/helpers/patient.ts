import type { Redis } from '../../src/redis/redis.ts';

/** Where Redis is never away, an answer that a busy machine delays must be waited for: a caller that gives up goes another way. */
export function patient(redis: Redis): Redis {
  // ioredis reads them at each command.
  Object.assign(redis.options, { commandTimeout: 10_000, socketTimeout: 10_000 });
  return redis;
}
