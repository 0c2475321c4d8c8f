import { setTimeout as delay } from 'node:timers/promises';
import { RESHARD_LOOK_MS, RESHARD_STALL_MS } from '../../config/deadlines.ts';
import type { Failure } from '../lib/failure.ts';
import type { Shards } from './shards.ts';

/**
 * Until every shard of a set serves; `onReady` hears how many do, whenever that changes. Throws when one cannot, when no further one does
 * for too long, or when `given up` is aborted.
 */
export async function comesUp(
  shards: Shards,
  givenUp: AbortSignal,
  onReady: (ready: number) => void,
): Promise<void> {
  let fatal: Failure | undefined;
  void shards.fatal.then((failure) => (fatal = failure));
  let seen = -1;
  let changedMs = performance.now();
  for (;;) {
    if (givenUp.aborted) throw new Error('it was given up');
    const { ready, notReady } = shards.readiness();
    const reason = fatal?.message ?? shards.givenUp;
    if (reason !== undefined) throw new Error(reason);
    if (ready.length !== seen) {
      seen = ready.length;
      changedMs = performance.now();
      onReady(seen);
    }
    if (notReady.length === 0) return;
    if (performance.now() - changedMs > RESHARD_STALL_MS) throw new Error(stalled(notReady));
    await delay(RESHARD_LOOK_MS);
  }
}

function stalled(notReady: readonly number[]): string {
  return `no further shard got ready within ${RESHARD_STALL_MS / 1000} s; ${notReady.join(', ')} did not`;
}
