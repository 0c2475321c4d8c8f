import { Cluster, type Redis as Single } from 'ioredis';
import type { Redis } from './redis.ts';

/** Keys looked at in one SCAN: well under a millisecond of Redis's one thread. */
const scanBatch = 500;

/** The servers that share the keys: of a cluster all primaries, also those that are away. */
export function primaries(redis: Redis): readonly Single[] {
  return redis instanceof Cluster ? redis.nodes('master') : [redis];
}

/** One that answers; `undefined` while none does. */
export function anyPrimary(redis: Redis): Single | undefined {
  const there = primaries(redis).filter(({ status }) => status === 'ready');
  return there[Math.floor(Math.random() * there.length)];
}

/** Reaches every subscriber, at whichever node it listens: a message belongs to no slot. */
export function publish(redis: Redis, channel: string, text: string): Promise<number> {
  return (anyPrimary(redis) ?? redis).publish(channel, text);
}

/** The keys that match a glob, in batches: for an operator's errand, never for what members wait for. */
export async function* scanKeys(redis: Redis, pattern: string): AsyncGenerator<readonly string[]> {
  for (const node of primaries(redis)) {
    let cursor = '0';
    do {
      const [next, found] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', scanBatch);
      cursor = next;
      yield found;
    } while (cursor !== '0');
  }
}
