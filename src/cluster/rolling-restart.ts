import type { RestartProgress } from '../ipc/supervision.ts';
import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';
import type { SupervisedShard } from './supervised-shard.ts';

/**
 * Restarts shards one after another. The first that fails ends it: the rest stays on the processes it has, and `onProgress` hears
 * which. Never rejects.
 */
export async function rollShards(
  shards: readonly SupervisedShard[],
  log: Logger,
  onProgress: (progress: RestartProgress) => void,
): Promise<void> {
  for (const [index, shard] of shards.entries()) {
    const { shardId } = shard;
    try {
      await shard.restart((step) => onProgress({ shardId, step }));
    } catch (error) {
      const untouched = shards.slice(index + 1).map((each) => each.shardId);
      const reason = errorText(error);
      log.error({ shard: shardId, reason, untouched }, 'the restart stops here');
      onProgress({ shardId, step: 'failed', reason, state: shard.supervision().state, untouched });
      return;
    }
  }
  log.info({ shards: shards.map(({ shardId }) => shardId) }, 'restarted');
}
