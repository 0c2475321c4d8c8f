import { fileURLToPath } from 'node:url';
import { ShardingManager } from 'discord.js';
import { IPC_ANSWER_MS } from '../../config/deadlines.ts';
import { SHARD_NODE_FLAGS } from '../../config/shard-process.ts';
import type { AnswerOf, ArgumentOf } from '../ipc/ipc.ts';
import type { ClusterHealth, ClusterStatus, RequestsToShard } from '../ipc/messages.ts';
import type { ProcessExit, ShardSupervision } from '../ipc/supervision.ts';
import { exitCodes, type ExitCode } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { Logger, LogLevel } from '../telemetry/log.ts';
import type { ClusterMetrics } from './cluster-metrics.ts';
import { crashLimit, isFinal } from './crash-policy.ts';
import { watchLiveness } from './liveness.ts';
import { groupShards } from './placement.ts';
import { SupervisedGroup } from './supervised-group.ts';

const shardFile = fileURLToPath(new URL('../bin/shard.ts', import.meta.url));

/** Exits that end the start of a cluster, and that one which serves waits out: a server away, a migration not yet applied. */
const startCodes: readonly number[] = [exitCodes.unavailable, exitCodes.data];

/** The answer of one process; `undefined` when it has none in time. */
export interface ProcessAnswer<T> {
  readonly shardIds: readonly number[];
  readonly value: T | undefined;
}

export interface ShardsOptions {
  readonly token: string;
  readonly shardIds: readonly number[];
  readonly shardCount: number;
  readonly perProcess: number;
  /** The `total` of Discord's `session_start_limit`. */
  readonly dailyIdentifies: number;
  /** They connect beside another set that serves, and answer once they are told to `unmute`. */
  readonly muted: boolean;
  readonly metrics: ClusterMetrics;
  readonly log: Logger;
}

/** All shards of this manager under one shard count, in groups that share a process. */
export class Shards {
  readonly groups: readonly SupervisedGroup[];
  readonly shardIds: readonly number[];
  readonly shardCount: number;
  readonly #allReady: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #fatal: PromiseWithResolvers<Failure> = Promise.withResolvers();
  #hasServed = false;
  #logLevel: LogLevel | undefined;
  #liveness: { stop(): void } | undefined;

  constructor(options: ShardsOptions) {
    const { shardIds, shardCount, muted, metrics, log } = options;
    this.shardIds = shardIds;
    this.shardCount = shardCount;
    const sharding = new ShardingManager(shardFile, {
      mode: 'process',
      // discord.js respawns at once and for ever; SupervisedGroup does it with back-off.
      respawn: false,
      token: options.token,
      totalShards: shardCount,
      shardList: [...shardIds],
      execArgv: [...SHARD_NODE_FLAGS],
    });
    this.groups = groupShards(shardIds, options.perProcess).map(
      (ids) =>
        new SupervisedGroup({
          sharding,
          shardIds: ids,
          muted,
          crashLimit: crashLimit(options.dailyIdentifies, shardCount),
          metrics,
          log,
          answers: {
            'cluster-status': () => this.clusterStatus(),
            'cluster-health': () => this.clusterHealth(),
          },
          onChange: () => this.#check(),
          onExit: (exit) => this.#checkStart(ids, exit),
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
      this.groups.flatMap((group) => group.shardIds.filter((id) => group.serves(id) === ready));
    return { ready: ids(true), notReady: ids(false) };
  }

  supervision(): ShardSupervision[] {
    return this.groups.flatMap((group) => group.supervision());
  }

  /** Why a shard stays down, if one does. */
  get givenUp(): string | undefined {
    const down = this.groups.find((group) => group.down !== undefined);
    return down && `shard ${down.name}: ${down.down?.why}: ${down.down?.exit?.reason}`;
  }

  groupOf(shardId: number): SupervisedGroup | undefined {
    return this.groups.find(({ shardIds }) => shardIds.includes(shardId));
  }

  /** All at once: the identify slots in Redis pace them, not the spawning. */
  async start(): Promise<void> {
    this.#liveness = watchLiveness((ms) => {
      for (const group of this.groups) group.passed(ms);
    });
    await Promise.all(this.groups.map((group) => group.start()));
  }

  async stop(): Promise<void> {
    this.#liveness?.stop();
    await Promise.all(this.groups.map((group) => group.stop()));
  }

  /** Rejects when a process does not answer, or cannot. */
  async unmute(): Promise<void> {
    await Promise.all(this.groups.map((group) => group.unmute()));
  }

  /** Their gauges are theirs from now on. */
  measure(): void {
    for (const group of this.groups) group.measure();
  }

  /** Their places in the metrics are free for another set. */
  retire(): void {
    for (const group of this.groups) group.retire();
  }

  async clusterStatus(): Promise<ClusterStatus> {
    const answers = await this.ask('status');
    return {
      shardCount: this.shardCount,
      processes: answers.flatMap(({ value }) => value ?? []),
      missing: answers.flatMap(({ shardIds, value }) => (value === undefined ? shardIds : [])),
    };
  }

  async clusterHealth(): Promise<ClusterHealth> {
    return (await this.ask('health')).map(({ shardIds, value }) => ({ shardIds, health: value }));
  }

  /** Asks every process at once. */
  ask<K extends keyof RequestsToShard>(
    kind: K,
    ...argument: ArgumentOf<RequestsToShard, K>
  ): Promise<ProcessAnswer<AnswerOf<RequestsToShard, K>>[]> {
    return Promise.all(
      this.groups.map(async (group) => ({
        shardIds: group.shardIds,
        value: await group.request(kind, IPC_ANSWER_MS, ...argument).catch(() => undefined),
      })),
    );
  }

  /** What the operator has set; `undefined`: what the environment says. */
  get logLevel(): LogLevel | undefined {
    return this.#logLevel;
  }

  /** Also for the processes that start later. Resolves with the shards that gave no answer. */
  async changeLogLevel(level: LogLevel): Promise<readonly number[]> {
    this.#logLevel = level;
    const answers = await Promise.all(
      this.groups.map((group) =>
        group.changeLogLevel(level).then(
          () => [],
          () => group.shardIds,
        ),
      ),
    );
    return answers.flat();
  }

  /** While nothing has ever served, what a shard lacks ends the manager, with the shard's words. */
  #checkStart(shardIds: readonly number[], exit: ProcessExit): void {
    if (this.#hasServed || !(isFinal(exit) || startCodes.includes(exit.code ?? -1))) return;
    this.#fatal.resolve(failureOf(shardIds, exit));
  }

  #check(): void {
    const { ready, notReady } = this.readiness();
    this.#hasServed ||= ready.length > 0;
    if (notReady.length === 0) this.#allReady.resolve();
    const [first] = this.groups;
    const exit = first?.down?.exit;
    if (first && exit && this.groups.every((group) => group.down?.why === 'unfit'))
      this.#fatal.resolve(failureOf(first.shardIds, exit));
  }
}

function failureOf(shardIds: readonly number[], exit: ProcessExit): Failure {
  const text = `shard ${shardIds.join(', ')}: ${exit.reason}`;
  return new Failure(text, (exit.code ?? exitCodes.software) as ExitCode);
}
