import type { BreakerStatus } from '../breaker/breaker.ts';
import type { DeadFactId, KindStatus, Replay } from '../queue/queue.ts';
import type { LogLevel } from '../telemetry/log.ts';
import type { Beat, ShardSupervision } from './supervision.ts';

/** One gateway shard as its process sees it. */
export interface ShardStatus {
  readonly shardId: number;
  readonly state: 'connecting' | 'ready' | 'disconnected';
  readonly guilds: number;
  /** Round trip of the last gateway heartbeat; `null` before the first. */
  readonly gatewayLatencyMs: number | null;
  /** The bot's application, as READY said, also where another process received that; `null` without a session. */
  readonly applicationId: string | null;
  /** When the gateway session began, in ms since 1970: it outlives processes. `null` without one. */
  readonly sessionStartedAtMs: number | null;
  /** Of this process: sessions begun, and continued. */
  readonly identifies: number;
  readonly resumes: number;
  /** `null` while no connection was closed. */
  readonly lastCloseCode: number | null;
  /** What keeps it from connecting, in one line: another owner, a server away. `null` when nothing does. */
  readonly obstacle: string | null;
}

/** One shard process, as it describes itself. */
export interface ProcessStatus {
  readonly pid: number;
  readonly version: string;
  readonly startedAtMs: number;
  readonly rssBytes: number;
  /** Interactions handled since it started. */
  readonly interactions: number;
  readonly shards: readonly ShardStatus[];
}

/** The whole cluster as the manager sees it. `missing`: shard ids whose process gave no answer in time. */
export interface ClusterStatus {
  readonly shardCount: number;
  readonly processes: readonly ProcessStatus[];
  readonly missing: readonly number[];
}

/** What the manager answers on its admin socket. */
export interface AdminStatus {
  readonly manager: { readonly pid: number; readonly version: string; readonly metricsUrl: string };
  readonly cluster: ClusterStatus;
  /** Every shard of this manager as it is supervised, also one that has no process or does not answer. */
  readonly shards: readonly ShardSupervision[];
  /** The set of shards that comes up beside them, and how many of it are ready. */
  readonly reshard: { readonly shardCount: number; readonly ready: number } | null;
}

/** One cache namespace in one process. */
export interface CacheStats {
  readonly namespace: string;
  /** Entries in the process's memory and their bytes as encoded, and how many it may keep. */
  readonly entries: number;
  readonly maxEntries: number;
  readonly bytes: number;
  readonly maxBytes: number;
}

/** One shard process and what it leans on. */
export interface ProcessHealth {
  readonly breakers: readonly BreakerStatus[];
  readonly caches: readonly CacheStats[];
  readonly queue: readonly KindStatus[];
}

/** Of every process; `health` is missing where one gave no answer in time. */
export type ClusterHealth = readonly {
  readonly shardIds: readonly number[];
  readonly health?: ProcessHealth | undefined;
}[];

/** What the manager asks of a shard process: the kind of request, its argument, and the shape of its answer. */
export interface RequestsToShard {
  status(): ProcessStatus;
  /** As Prometheus reads them. */
  'metrics-text'(): string;
  /**
   * Stop reading the gateway for good, leave its sessions in Redis for a successor, and end when the commands under way have ended.
   * `redis fails`: nothing was done.
   */
  'hand-over'(): 'handed over' | 'redis fails';
  /** Connect now: only a process on standby waits for it. */
  serve(): void;
  /** Answer interactions from now on: only a muted process waits for it. `redis fails`: it stays muted. */
  unmute(): 'unmuted' | 'redis fails';
  'log-level'(level: LogLevel): void;
  'guild-settings'(guildId: string): Readonly<Record<string, unknown>>;
  'cache-stats'(): readonly CacheStats[];
  /** Empties a namespace, in memory and in Redis; answers with the entries removed from both. */
  'cache-purge'(namespace: string): number;
  health(): ProcessHealth;
  breakers(): readonly BreakerStatus[];
  queue(): readonly KindStatus[];
  /** Of all processes: facts that PostgreSQL refused. */
  'dead-facts'(): number;
  /** Tries some of them again, those after the given one. */
  'queue-replay'(after: DeadFactId): Replay;
}

export interface RequestsToManager {
  'cluster-status'(): ClusterStatus;
  'cluster-health'(): ClusterHealth;
}

/** Everything that travels between the manager and a shard process, told apart by `shoal`. */
export type Message =
  | {
      readonly shoal: 'request';
      readonly id: number;
      readonly kind: string;
      readonly argument?: unknown;
      /** Of the trace that it is asked in (W3C Trace Context). */
      readonly traceparent?: string | undefined;
    }
  | { readonly shoal: 'answer'; readonly id: number; readonly value?: unknown }
  | { readonly shoal: 'refusal'; readonly id: number; readonly reason: string }
  /** A shard process, every second: my event loop runs. */
  | { readonly shoal: 'beat'; readonly beat: Beat }
  /** A shard process: my stores are open, from now on I can connect within a moment. */
  | { readonly shoal: 'warm' }
  /** A shard process: these of my shards serve, and no others. */
  | { readonly shoal: 'serving'; readonly shardIds: readonly number[] }
  /** A shard process: I am about to end, and these are my metrics, as Prometheus reads them. */
  | { readonly shoal: 'counted'; readonly metrics: string }
  /** A shard process: I am about to end, and this is why. */
  | { readonly shoal: 'failed'; readonly reason: string };
