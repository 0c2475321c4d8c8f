import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Channel } from '../../src/ipc/ipc.ts';
import type { RequestsToManager, RequestsToShard } from '../../src/ipc/messages.ts';
import type { Environment } from '../../src/demo/child.ts';
import { loggedLines } from '../helpers/logged-lines.ts';

export interface FixtureProcess extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly channel: Channel<RequestsToShard, RequestsToManager>;
  /** Resolves when every shard of it serves; rejects with its reason when it fails before. */
  readonly ready: Promise<void>;
  /** Why it failed, as it told its parent. */
  readonly reason: () => string | undefined;
  /** What it logged so far. */
  readonly logged: () => Record<string, unknown>[];
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** Starts `shard-fixture.ts` as the manager would start a shard. */
export function startFixture(env: Environment, shardCount = 1, shardId = 0): FixtureProcess {
  const shard = fork(path.join(import.meta.dirname, 'shard-fixture.ts'), {
    env: { ...env, SHARDS: String(shardId), SHARD_COUNT: String(shardCount) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let printed = '';
  let reason: string | undefined;
  shard.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => {});
  const channel = new Channel<RequestsToShard, RequestsToManager>(
    shard,
    { 'cluster-status': noCluster, 'cluster-health': noCluster },
    {
      serving: (shardIds) => {
        if (shardIds.length > 0) ready.resolve();
      },
      failed: (why) => {
        reason = why;
        ready.reject(new Error(why));
      },
    },
  );
  const ended = once(shard, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return {
    process: shard,
    channel,
    ready: ready.promise,
    ended,
    reason: () => reason,
    logged: () => loggedLines(printed),
    [Symbol.asyncDispose]: async () => {
      shard.kill('SIGKILL');
      await ended;
    },
  };
}

function noCluster(): Promise<never> {
  return Promise.reject(new Error('no cluster here'));
}
