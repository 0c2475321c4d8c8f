import { HAND_OVER_MS, IPC_ANSWER_MS, SHARD_SERVE_MS, SHARD_WARM_MS } from '../../config/deadlines.ts';
import type { HandedOver } from '../ipc/messages.ts';
import { errorText } from '../lib/error-text.ts';
import { within } from '../lib/within.ts';
import type { ShardProcess } from './shard-process.ts';

/** What a restart of one shard has reached. */
export type RestartStep = 'warm' | 'handed over' | 'serving';

/** Resolves when `successor` could connect. Else it is killed, and the reason thrown. */
export async function getsWarm(successor: ShardProcess): Promise<void> {
  try {
    await reaches(successor, successor.warm, SHARD_WARM_MS, 'did not open its stores');
  } catch (error) {
    successor.kill('it did not get ready to take over');
    throw error;
  }
}

/** Resolves when `process` serves. Throws when it ends before, or takes too long; it is left as it is then. */
export function serves(process: ShardProcess): Promise<void> {
  return reaches(process, process.served, SHARD_SERVE_MS, 'does not serve');
}

/**
 * Ends the service of `old` and lets the warm `successor` continue its sessions; `old` goes on with its commands meanwhile.
 * An old process that cannot speak any more is killed: its successor finds the sessions in Redis.
 */
export async function succeed(old: ShardProcess, successor: ShardProcess): Promise<void> {
  const handedOver = await handOver(old);
  void old.leave();
  await successor.request('serve', IPC_ANSWER_MS, handedOver);
}

async function handOver(old: ShardProcess): Promise<HandedOver> {
  try {
    return await old.request('hand-over', HAND_OVER_MS);
  } catch (error) {
    old.kill(`it did not hand over: ${errorText(error)}`);
    await old.exited;
    return undefined;
  }
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
