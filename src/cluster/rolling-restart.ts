import type { RestartProgress } from '../ipc/supervision.ts';
import { errorText } from '../lib/error-text.ts';
import type { Logger } from '../telemetry/log.ts';
import type { SupervisedGroup } from './supervised-group.ts';

/**
 * Restarts shards one process after another. The first that fails ends it: the rest stays on the processes it has, and `onProgress` hears
 * which. Never rejects.
 */
export async function rollShards(
  groups: readonly SupervisedGroup[],
  log: Logger,
  onProgress: (progress: RestartProgress) => void,
): Promise<void> {
  for (const [index, group] of groups.entries()) {
    const [shardId, ...others] = group.shardIds;
    const moving = { shardId, others };
    try {
      await group.restart((step) => onProgress({ ...moving, step }));
    } catch (error) {
      const untouched = groups.slice(index + 1).flatMap(({ shardIds }) => shardIds);
      const reason = errorText(error);
      const states = group.supervision().map(({ state }) => state);
      const state = states.find((each) => each !== 'ready') ?? 'ready';
      log.error({ shard: group.name, reason, untouched }, 'the restart stops here');
      onProgress({ ...moving, step: 'failed', reason, state, untouched });
      return;
    }
  }
  log.info({ shards: groups.flatMap(({ shardIds }) => shardIds) }, 'restarted');
}
