import type { ChildProcess } from 'node:child_process';
import type { Shard, ShardingManager } from 'discord.js';
import { SHARD_STOP_MS } from '../../config/deadlines.ts';
import { RESPAWN_FIRST_MS, RESPAWN_MAX_MS, RESPAWN_RESET_MS } from '../../config/supervision.ts';
import { Channel } from '../ipc/ipc.ts';
import type { ClusterStatus, RequestsToManager, RequestsToShard } from '../ipc/messages.ts';
import { backoffMs } from '../lib/backoff.ts';
import { errorText } from '../lib/error-text.ts';
import { exitCodes, type ExitCode } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { shardExitsTotal, shardReady } from '../telemetry/cluster.ts';
import type { Logger } from '../telemetry/log.ts';

/** Exits that starting again cannot cure. */
const finalCodes: readonly number[] = [exitCodes.usage, exitCodes.config];

/** Exits that end the start of a cluster, and that one which serves waits out: a server away, a migration not yet applied. */
const startCodes: readonly number[] = [exitCodes.unavailable, exitCodes.data];

export interface ShardProcessOptions {
  readonly sharding: ShardingManager;
  readonly shardId: number;
  readonly log: Logger;
  readonly clusterStatus: () => Promise<ClusterStatus>;
  /** Nothing has ever served: what a shard lacks then ends the manager. */
  readonly starting: () => boolean;
  /** Hears of every change that `ready` and `fatal` show. */
  readonly onChange: () => void;
}

/**
 * One shard's process over its lives: started through ShardingManager, started again with back-off when it ends by itself,
 * stopped with SIGTERM and, past the deadline, SIGKILL.
 */
export class ShardProcess {
  readonly shardId: number;
  readonly #options: ShardProcessOptions;
  readonly #shard: Shard;
  readonly #log: Logger;
  #channel: Channel<RequestsToShard, RequestsToManager> | undefined;
  #child: ChildProcess | undefined;
  #respawn: NodeJS.Timeout | undefined;
  #failures = 0;
  #servingSinceMs: number | undefined;
  #stopping = false;
  #reason: string | undefined;
  /** Whether its process is up and its gateway connection ready. */
  ready = false;
  /** Whether any of its processes has ever served. */
  hasServed = false;
  /** Set once the process ended in a way that starting it again cannot cure. */
  fatal: Failure | undefined;

  constructor(options: ShardProcessOptions) {
    this.#options = options;
    this.shardId = options.shardId;
    this.#log = options.log.child({ shard: options.shardId });
    this.#shard = options.sharding.createShard(options.shardId);
    // Without a listener an error event, of the process or of discord.js's Shard, would end the manager.
    const logError = (error: Error) => this.#log.error({ err: error }, 'shard process error');
    this.#shard.on('error', logError);
    // In the event, since a failed fork's error comes before `spawn` has returned.
    this.#shard.on('spawn', (child) => child.on('error', logError));
    this.#setReady(false);
  }

  /** Rejects when the process is gone or does not answer in time. */
  request<K extends keyof RequestsToShard>(kind: K, deadlineMs: number): Promise<RequestsToShard[K]> {
    if (this.#channel === undefined) return Promise.reject(new Error(`shard ${this.shardId} has no process`));
    return this.#channel.request(kind, deadlineMs);
  }

  async start(): Promise<void> {
    // -1: discord.js would wait for a message that only its Client sends; our own `ready` tells.
    const child = await this.#shard.spawn(-1);
    if (child.pid === undefined) {
      // No exit follows a failed fork (no more processes, Node replaced on disk), and discord.js keeps the dead handle.
      this.#shard.process = null;
      throw new Error('the operating system could not start it');
    }
    this.#child = child;
    this.#channel = new Channel<RequestsToShard, RequestsToManager>(
      child,
      { 'cluster-status': this.#options.clusterStatus },
      { serving: (serving) => this.#serving(serving), failed: (reason) => (this.#reason = reason) },
    );
    child.once('exit', (code, signal) => this.#ended(code, signal));
    this.#log.info({ childPid: child.pid }, 'shard process started');
  }

  /** Resolves when the process is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#respawn);
    const child = this.#child;
    if (child === undefined) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
    const escalation = setTimeout(() => {
      this.#log.warn('the shard process did not stop in time: SIGKILL');
      child.kill('SIGKILL');
    }, SHARD_STOP_MS);
    await promise;
    clearTimeout(escalation);
  }

  #serving(serving: boolean): void {
    this.#setReady(serving);
    if (serving) {
      this.hasServed = true;
      this.#servingSinceMs ??= performance.now();
    }
    this.#options.onChange();
  }

  #setReady(ready: boolean): void {
    this.ready = ready;
    shardReady.set({ shard: String(this.shardId) }, Number(ready));
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): void {
    const servedMs = this.#servingSinceMs === undefined ? 0 : performance.now() - this.#servingSinceMs;
    this.#child = undefined;
    this.#channel = undefined;
    this.#servingSinceMs = undefined;
    this.#setReady(false);
    if (this.#stopping) return;
    shardExitsTotal.inc({ reason: signal ?? String(code) });
    const reason = this.#reason ?? `ended with ${signal ?? code}`;
    this.#reason = undefined;
    const final = this.#options.starting() ? [...finalCodes, ...startCodes] : finalCodes;
    if (final.includes(code ?? -1)) {
      this.fatal = new Failure(`shard ${this.shardId}: ${reason}`, code as ExitCode);
    } else {
      this.#restart(servedMs, reason);
    }
    this.#options.onChange();
  }

  #restart(servedMs: number, reason: string): void {
    this.#failures = servedMs >= RESPAWN_RESET_MS ? 1 : this.#failures + 1;
    const waitMs = Math.round(backoffMs(this.#failures, RESPAWN_FIRST_MS, RESPAWN_MAX_MS));
    this.#log.error({ reason, waitMs }, 'the shard process ended; it will be started again');
    this.#respawn = setTimeout(() => {
      this.start().catch((error: unknown) => this.#restart(0, errorText(error)));
    }, waitMs);
  }
}
