import { HAND_OVER_MS, SHARD_SERVE_MS, SHARD_WARM_MS } from '../../config/deadlines.ts';
import { errorText } from '../lib/error-text.ts';
import { within } from '../lib/within.ts';
import type { ShardProcess } from './shard-process.ts';

/** What a restart of one shard has reached. */
export type RestartStep = 'warm' | 'handed over' | 'serving';

/** Resolves when `successor` could connect. Throws when it ends before, or takes too long. */
export function getsWarm(successor: ShardProcess): Promise<void> {
  return reaches(successor, successor.warm, SHARD_WARM_MS, 'did not open its stores');
}

/** Resolves when `process` serves. Throws when it ends before, or takes too long; it is left as it is then. */
export function serves(process: ShardProcess): Promise<void> {
  return reaches(process, process.served, SHARD_SERVE_MS, 'does not serve');
}

/**
 * Ends the service of `old`, which goes on with its commands; a successor may `serve` then. One that cannot speak any more is
 * killed: its sessions are in Redis all the same. Throws when it refuses, and serves on.
 */
export async function handsOver(old: ShardProcess): Promise<void> {
  const outcome = await old.request('hand-over', HAND_OVER_MS).catch(errorText);
  if (outcome === 'redis fails')
    throw new Error('REDIS_STATE_URL does not answer, and without it nothing can be handed over');
  if (outcome === 'handed over') {
    void old.leave();
    return;
  }
  old.kill(`it did not hand over: ${outcome}`);
  await old.exited;
}

async function reaches(
  process: ShardProcess,
  goal: Promise<void>,
  ms: number,
  problem: string,
): Promise<void> {
  const ended = process.exited.then(({ reason }) => {
    throw new Error(`the new process ended: ${reason}`);
  });
  await within(
    Promise.race([goal, ended]),
    ms,
    () => new Error(`the new process ${problem} in ${ms / 1000} s`),
  );
}
