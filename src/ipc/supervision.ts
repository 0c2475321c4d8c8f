/** What a shard process tells of itself every second. */
export interface Beat {
  /** The 99th percentile of the event loop's delay since the beat before, in ms. */
  readonly loopP99Ms: number;
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  /** Where V8 gives up and aborts the process. */
  readonly heapLimitBytes: number;
  /** A gateway connection of this process is open and brings nothing, not even an answer to a heartbeat. */
  readonly deaf: boolean;
  /** The newest lines it logged since the beat before; see `beatLines`. */
  readonly lines: readonly string[];
}

/** How a process ended. */
export interface ProcessExit {
  /** In ms since 1970. */
  readonly atMs: number;
  readonly pid: number;
  readonly code: number | null;
  readonly signal: string | null;
  /** One line: what it said itself, why it was killed, or what its code means. */
  readonly reason: string;
  /** The last lines that it logged. */
  readonly lines: readonly string[];
  readonly servedMs: number;
}

/**
 * - `starting`: no gateway connection yet; `ready`: it serves; `disconnected`: it did, and is about to again
 * - `hung`: its event loop is silent, `deaf`: its gateway is; both are replaced when that lasts
 * - `waiting`: its process ended and will be started again
 * - `crash loop`, `unfit`: it stays down until an operator restarts it, since its processes ended too often, or for a reason that
 *   starting again cannot cure
 * - `drained`: taken out of service by an operator
 */
export type SupervisedState =
  | 'starting'
  | 'ready'
  | 'disconnected'
  | 'hung'
  | 'deaf'
  | 'waiting'
  | 'crash loop'
  | 'unfit'
  | 'drained';

/** One shard as the manager supervises it. */
export interface ShardSupervision {
  readonly shardId: number;
  readonly state: SupervisedState;
  readonly pid: number | null;
  /** Its successor's process, while a restart is under way. */
  readonly standbyPid: number | null;
  readonly loopP99Ms: number | null;
  readonly rssBytes: number | null;
  /** Processes started after the first one, whatever for. */
  readonly restarts: number;
  /** When a `waiting` shard is started again, in ms since 1970. */
  readonly nextStartAtMs: number | null;
  /** The last one that was not asked for. */
  readonly lastExit: ProcessExit | null;
}

/** A process that moves: its first shard, and those that share it. */
interface Moving {
  readonly shardId: number;
  readonly others: readonly number[];
}

/** One line of a rolling restart. `untouched`: the shards after the failed one, which stay on the release they have. */
export type RestartProgress =
  | (Moving & { readonly step: 'warm' | 'handed over' | 'serving' })
  | (Moving & {
      readonly step: 'failed';
      readonly reason: string;
      /** Of the failed process: `ready` when the old one serves on. */
      readonly state: SupervisedState;
      readonly untouched: readonly number[];
    });

/** One line of a reshard. `ready`: so many of the new shards are; `serving`: the count that stays in force. */
export type ReshardProgress =
  | { readonly step: 'starting'; readonly shardCount: number; readonly ready: number }
  | { readonly step: 'switched' | 'done'; readonly shardCount: number }
  | {
      readonly step: 'failed';
      readonly shardCount: number;
      readonly reason: string;
      readonly serving: number;
    };
