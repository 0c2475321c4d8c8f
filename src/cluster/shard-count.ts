import type { ManagerConfig } from '../config/manager.ts';
import type { Placement } from '../config/placement.ts';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { KeptShardCount, ShardCountStore } from '../redis/shard-count.ts';
import type { Logger } from '../telemetry/log.ts';

/** Under which count this manager starts; see `decideShardCount`. Throws a `Failure` (exit 69) while Redis fails. */
export async function countShards(
  config: Pick<ManagerConfig, 'shards' | 'placement' | 'state'>,
  recommended: number,
  store: ShardCountStore,
  log: Logger,
): Promise<number> {
  const { shards: configured, placement } = config;
  try {
    const kept = await store.load();
    const { shardCount, from } = decideShardCount({ configured, recommended, kept, placement });
    if (from === 'reshard' && configured !== shardCount)
      log.warn(
        { shardCount, configured, recommended },
        'the bot was resharded; DISCORD_SHARDS is older and does not count',
      );
    if (from === 'configuration' && kept !== undefined) {
      log.warn(
        { shardCount, resharded: kept.shardCount },
        'DISCORD_SHARDS was changed after a reshard; it counts',
      );
      await store.forget();
    }
    return shardCount;
  } catch (error) {
    if (error instanceof Failure) throw error;
    const text = `${config.state.variable} does not say what the bot was resharded to: ${errorText(error)}`;
    throw new Failure(text, exitCodes.unavailable, { cause: error });
  }
}

export interface CountDecision {
  readonly shardCount: number;
  /** `reshard`: the configuration is older than the last reshard; `configuration`: it is newer, and the kept count is out of date. */
  readonly from: 'reshard' | 'configuration';
}

/**
 * The newest decision counts: a number that was put into DISCORD_SHARDS after a reshard, else what the bot was resharded to, else what is
 * configured or recommended. Throws a `Failure` (exit 78) for SHARD_IDS that belong to the count before a reshard.
 */
export function decideShardCount(given: {
  readonly configured: 'auto' | number;
  /** What Discord recommends. */
  readonly recommended: number;
  readonly kept: KeptShardCount | undefined;
  readonly placement: Placement;
}): CountDecision {
  const { configured, recommended, kept, placement } = given;
  if (kept === undefined || isNewer(configured, kept))
    return { shardCount: configured === 'auto' ? recommended : configured, from: 'configuration' };
  const { shardCount } = kept;
  if (placement.kind === 'ids' && configured !== shardCount) {
    const problem = `the bot was resharded to ${shardCount} shards, and SHARD_IDS are those of another count`;
    throw new Failure(
      `${problem}; set DISCORD_SHARDS to ${shardCount}, and SHARD_IDS to match`,
      exitCodes.config,
    );
  }
  return { shardCount, from: 'reshard' };
}

function isNewer(configured: 'auto' | number, kept: KeptShardCount): boolean {
  return configured !== 'auto' && configured !== kept.configured && configured !== kept.shardCount;
}
