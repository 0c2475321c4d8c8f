import { fileURLToPath } from 'node:url';
import { ShardingManager } from 'discord.js';
import { IPC_ANSWER_MS } from '../../config/deadlines.ts';
import type { AnswerOf, ArgumentOf } from '../ipc/ipc.ts';
import type { ClusterStatus, RequestsToShard } from '../ipc/messages.ts';
import type { ProcessExit } from '../ipc/supervision.ts';
import { exitCodes, type ExitCode } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { Logger, LogLevel } from '../telemetry/log.ts';
import { crashLimit, isFinal } from './crash-policy.ts';
import { watchLiveness } from './liveness.ts';
import { SupervisedShard } from './supervised-shard.ts';

const shardFile = fileURLToPath(new URL('../bin/shard.ts', import.meta.url));

/** Exits that end the start of a cluster, and that one which serves waits out: a server away, a migration not yet applied. */
const startCodes: readonly number[] = [exitCodes.unavailable, exitCodes.data];

/** One shard's answer; `undefined` when it has none in time. */
export interface ShardAnswer<T> {
  readonly shardId: number;
  readonly value: T | undefined;
}

/** All shards of this manager. */
export class Shards {
  readonly all: readonly SupervisedShard[];
  readonly shardCount: number;
  readonly #allReady: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #fatal: PromiseWithResolvers<Failure> = Promise.withResolvers();
  #hasServed = false;
  #liveness: { stop(): void } | undefined;

  constructor(options: {
    readonly token: string;
    readonly shardIds: readonly number[];
    readonly shardCount: number;
    /** The `total` of Discord's `session_start_limit`. */
    readonly dailyIdentifies: number;
    readonly log: Logger;
  }) {
    this.shardCount = options.shardCount;
    const sharding = new ShardingManager(shardFile, {
      mode: 'process',
      // discord.js respawns at once and for ever; SupervisedShard does it with back-off.
      respawn: false,
      token: options.token,
      totalShards: options.shardCount,
      shardList: [...options.shardIds],
    });
    this.all = options.shardIds.map(
      (shardId) =>
        new SupervisedShard({
          sharding,
          shardId,
          crashLimit: crashLimit(options.dailyIdentifies, options.shardCount),
          log: options.log,
          clusterStatus: () => this.clusterStatus(),
          onChange: () => this.#check(),
          onExit: (exit) => this.#checkStart(shardId, exit),
        }),
    );
  }

  /** Resolves when every shard has been ready at the same time once. */
  get allReady(): Promise<void> {
    return this.#allReady.promise;
  }

  /** Resolves once no shard can run at all. */
  get fatal(): Promise<Failure> {
    return this.#fatal.promise;
  }

  /** Shard ids that do and do not serve. */
  readiness(): { readonly ready: number[]; readonly notReady: number[] } {
    const ids = (ready: boolean) =>
      this.all.filter((shard) => shard.ready === ready).map((shard) => shard.shardId);
    return { ready: ids(true), notReady: ids(false) };
  }

  /** All at once: the identify slots in Redis pace them, not the spawning. */
  async start(): Promise<void> {
    this.#liveness = watchLiveness((ms) => {
      for (const shard of this.all) shard.passed(ms);
    });
    await Promise.all(this.all.map((shard) => shard.start()));
  }

  async stop(): Promise<void> {
    this.#liveness?.stop();
    await Promise.all(this.all.map((shard) => shard.stop()));
  }

  async clusterStatus(): Promise<ClusterStatus> {
    const answers = await this.ask('status');
    return {
      shardCount: this.shardCount,
      processes: answers.flatMap(({ value }) => value ?? []),
      missing: answers.flatMap(({ shardId, value }) => (value === undefined ? shardId : [])),
    };
  }

  /** Asks every process at once. */
  ask<K extends keyof RequestsToShard>(
    kind: K,
    ...argument: ArgumentOf<RequestsToShard, K>
  ): Promise<ShardAnswer<AnswerOf<RequestsToShard, K>>[]> {
    return Promise.all(
      this.all.map(async (shard) => ({
        shardId: shard.shardId,
        value: await shard.request(kind, IPC_ANSWER_MS, ...argument).catch(() => undefined),
      })),
    );
  }

  /** Also for the processes that start later. Resolves with the shards that gave no answer. */
  async changeLogLevel(level: LogLevel): Promise<readonly number[]> {
    const answers = await Promise.all(
      this.all.map((shard) =>
        shard.changeLogLevel(level).then(
          () => [],
          () => [shard.shardId],
        ),
      ),
    );
    return answers.flat();
  }

  /** While nothing has ever served, what a shard lacks ends the manager, with the shard's words. */
  #checkStart(shardId: number, exit: ProcessExit): void {
    if (this.#hasServed || !(isFinal(exit) || startCodes.includes(exit.code ?? -1))) return;
    this.#fatal.resolve(failureOf(shardId, exit));
  }

  #check(): void {
    this.#hasServed ||= this.all.some((shard) => shard.ready);
    if (this.all.every((shard) => shard.ready)) this.#allReady.resolve();
    const [first] = this.all;
    const exit = first?.down?.exit;
    if (first && exit && this.all.every((shard) => shard.down?.why === 'unfit'))
      this.#fatal.resolve(failureOf(first.shardId, exit));
  }
}

function failureOf(shardId: number, exit: ProcessExit): Failure {
  return new Failure(`shard ${shardId}: ${exit.reason}`, (exit.code ?? exitCodes.software) as ExitCode);
}
