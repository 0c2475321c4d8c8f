import type { Placement } from '../config/placement.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';

/** The ids of the shards that this host runs. Throws a `Failure` (exit 78) for an id beyond the count, and for a host without a shard. */
export function placeShards(shardCount: number, placement: Placement): number[] {
  if (placement.kind === 'ids') return listed(shardCount, placement.ids);
  if (placement.kind === 'host') return shareOf(shardCount, placement.ordinal, placement.count);
  return range(0, shardCount);
}

/** Neighbours share a process; the last one may have fewer. */
export function groupShards(
  shardIds: readonly number[],
  perProcess: number,
): (readonly [number, ...number[]])[] {
  return shardIds.flatMap((first, index) =>
    index % perProcess === 0 ? [[first, ...shardIds.slice(index + 1, index + perProcess)] as const] : [],
  );
}

function listed(shardCount: number, ids: readonly number[]): number[] {
  const outside = ids.find((id) => id >= shardCount);
  if (outside === undefined) return [...ids];
  throw new Failure(
    `SHARD_IDS names shard ${outside}, but the bot has ${shardCount} shards; ids run from 0 to ${shardCount - 1}`,
    exitCodes.config,
  );
}

/** Contiguous, and of the same size but for one. */
function shareOf(shardCount: number, ordinal: number, hosts: number): number[] {
  if (hosts > shardCount) {
    throw new Failure(
      `HOST_COUNT is ${hosts}, but the bot has ${shardCount} shards; each host needs one at least`,
      exitCodes.config,
    );
  }
  return range(Math.floor((ordinal * shardCount) / hosts), Math.floor(((ordinal + 1) * shardCount) / hosts));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
