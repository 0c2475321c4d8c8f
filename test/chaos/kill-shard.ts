import { eventually } from '../helpers/eventually.ts';
import type { Stage } from './stage.ts';

/** SIGKILL for its process. Resolves when another one serves the shard. */
export async function killShard(stage: Stage, shardId: number): Promise<void> {
  const pid = await stage.pid(shardId);
  process.kill(pid, 'SIGKILL');
  await eventually(
    `shard ${shardId} has a successor that serves`,
    async () => {
      const shard = (await stage.shards()).find((each) => each.shardId === shardId);
      return shard?.state === 'ready' && shard.pid !== pid;
    },
    60_000,
  );
}
