import { InvalidRequests } from './invalid-requests.ts';
import type { Redis } from './redis.ts';
import { RestLimiter } from './rest-limiter.ts';
import { RestSource } from './rest-source.ts';
import { RestTokens } from './rest-tokens.ts';
import type { Logger } from '../telemetry/log.ts';

/** Discord's limits, shared through the state Redis: a gate for `discord/`. `processes`: among so many they are divided while Redis is away. */
export function sharedRestGate(options: {
  readonly state: Redis;
  readonly tokenHash: string;
  readonly processes: number;
  readonly log: Logger;
}) {
  const { state: redis, tokenHash, processes, log } = options;
  const tokens = new RestTokens(redis, tokenHash);
  const limiter = new RestLimiter(new RestSource({ tokens, processes, log }));
  const invalid = new InvalidRequests({ redis, log });
  return {
    admit: (signal: AbortSignal) => limiter.admit(signal),
    banIsNear: () => invalid.near,
    invalid: (status: number) => invalid.count(status),
  };
}
