import type { RestGate } from '../discord/discord.ts';
import { InvalidRequests } from '../redis/invalid-requests.ts';
import type { Redis } from '../redis/redis.ts';
import { RestLimiter } from '../redis/rest-limiter.ts';
import { RestSource } from '../redis/rest-source.ts';
import { RestTokens } from '../redis/rest-tokens.ts';
import type { Logger } from '../telemetry/log.ts';

/** Discord's limits, shared through the state Redis. `processes`: how many of the bot's shard processes there are, over all hosts. */
export function sharedRestGate(options: {
  readonly state: Redis;
  readonly tokenHash: string;
  readonly processes: number;
  readonly log: Logger;
}): RestGate {
  const { state: redis, tokenHash, processes, log } = options;
  const tokens = new RestTokens(redis, tokenHash);
  const limiter = new RestLimiter(new RestSource({ tokens, processes, log }));
  const invalid = new InvalidRequests({ redis, log });
  return {
    admit: (signal) => limiter.admit(signal),
    banIsNear: () => invalid.near,
    invalid: (status) => invalid.count(status),
  };
}
