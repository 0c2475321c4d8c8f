import { GATEWAY_DEAF_PROBES } from '../../config/liveness.ts';
import type { ShardStatus } from '../ipc/messages.ts';
import type { Ownership } from './ownership.ts';
import type { SessionMemory } from './session-memory.ts';
import type { ShardConnection } from './shard-connection.ts';

/** One of the shards of this process. */
export interface ServedShard {
  state: ShardStatus['state'];
  latencyMs: number | null;
  /** When our own first heartbeat went out, in ms since 1970. */
  beatSentAtMs: number;
  /** Whether anything came since the last probe, and how many probes in a row brought nothing. */
  heard: boolean;
  unanswered: number;
  lastCloseCode: number | null;
  /** Why its last start came to nothing. */
  failure: string | undefined;
  readonly ownership: Ownership;
  readonly memory: SessionMemory;
  connection: ShardConnection;
}

export function statusOf(shardId: number, shard: ServedShard): ShardStatus {
  const { state, latencyMs, lastCloseCode, failure, ownership, memory, connection } = shard;
  return {
    shardId,
    state,
    guilds: memory.guilds.size,
    gatewayLatencyMs: latencyMs,
    applicationId: memory.session?.applicationId ?? null,
    sessionStartedAtMs: memory.session?.startedAtMs ?? null,
    identifies: connection.identifies,
    resumes: connection.resumes,
    lastCloseCode,
    obstacle: ownership.obstacle ?? failure ?? null,
  };
}

/** It is open, and brings nothing, not even the answer to a heartbeat. */
export function isDeaf({ state, unanswered }: ServedShard): boolean {
  return state === 'ready' && unanswered >= GATEWAY_DEAF_PROBES;
}

/**
 * In this order: the session is there before anybody may take it. Where it could not be saved the lease is kept, so that a successor
 * comes in when this process has finished what it took, and has ended.
 */
export async function leave({ memory, ownership }: Pick<ServedShard, 'memory' | 'ownership'>): Promise<void> {
  if (await memory.handOver()) await ownership.release();
  else ownership.abandon();
}
