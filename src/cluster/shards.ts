import { fileURLToPath } from 'node:url';
import { ShardingManager } from 'discord.js';
import { IPC_ANSWER_MS } from '../../config/deadlines.ts';
import type { ClusterStatus, RequestsToShard } from '../ipc/messages.ts';
import type { Failure } from '../lib/failure.ts';
import type { Logger } from '../telemetry/log.ts';
import { ShardProcess } from './shard-process.ts';

const shardFile = fileURLToPath(new URL('../bin/shard.ts', import.meta.url));

/** All shard processes of this manager. */
export class Shards {
  readonly #processes: readonly ShardProcess[];
  readonly #shardCount: number;
  readonly #allReady: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #fatal: PromiseWithResolvers<Failure> = Promise.withResolvers();

  constructor(options: {
    readonly token: string;
    readonly shardIds: readonly number[];
    readonly shardCount: number;
    readonly log: Logger;
  }) {
    this.#shardCount = options.shardCount;
    const sharding = new ShardingManager(shardFile, {
      mode: 'process',
      // discord.js respawns at once and for ever; ShardProcess does it with back-off.
      respawn: false,
      token: options.token,
      totalShards: options.shardCount,
      shardList: [...options.shardIds],
    });
    this.#processes = options.shardIds.map(
      (shardId) =>
        new ShardProcess({
          sharding,
          shardId,
          log: options.log,
          clusterStatus: () => this.clusterStatus(),
          starting: () => !this.#processes.some((process) => process.hasServed),
          onChange: () => this.#check(),
        }),
    );
  }

  /** Resolves when every shard has been ready at the same time once. */
  get allReady(): Promise<void> {
    return this.#allReady.promise;
  }

  /** Resolves once a shard cannot run at all. */
  get fatal(): Promise<Failure> {
    return this.#fatal.promise;
  }

  /** Shard ids that do and do not serve. */
  readiness(): { readonly ready: number[]; readonly notReady: number[] } {
    const ids = (ready: boolean) =>
      this.#processes.filter((process) => process.ready === ready).map((process) => process.shardId);
    return { ready: ids(true), notReady: ids(false) };
  }

  /** All at once: the identify slots in Redis pace them, not the spawning. */
  async start(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.start()));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()));
  }

  async clusterStatus(): Promise<ClusterStatus> {
    const answers = await this.ask('status');
    return {
      shardCount: this.#shardCount,
      processes: answers.flatMap(({ value }) => value ?? []),
      missing: answers.flatMap(({ shardId, value }) => (value === undefined ? shardId : [])),
    };
  }

  /** Asks every process at once; one that does not answer in time has no value. */
  ask<K extends keyof RequestsToShard>(
    kind: K,
  ): Promise<{ readonly shardId: number; readonly value: RequestsToShard[K] | undefined }[]> {
    return Promise.all(
      this.#processes.map(async (process) => ({
        shardId: process.shardId,
        value: await process.request(kind, IPC_ANSWER_MS).catch(() => undefined),
      })),
    );
  }

  #check(): void {
    const fatal = this.#processes.find((process) => process.fatal !== undefined)?.fatal;
    if (fatal !== undefined) this.#fatal.resolve(fatal);
    else if (this.#processes.every((process) => process.ready)) this.#allReady.resolve();
  }
}
