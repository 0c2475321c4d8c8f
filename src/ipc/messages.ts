import type { MetricsSnapshot } from '../telemetry/telemetry.ts';

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
}

/** What a process asks of the other side: the kind of request, and the shape of its answer. */
export interface RequestsToShard {
  readonly status: ProcessStatus;
  readonly metrics: MetricsSnapshot;
}

export interface RequestsToManager {
  readonly 'cluster-status': ClusterStatus;
}

/** Everything that travels between the manager and a shard process, told apart by `shoal`. */
export type Message =
  | { readonly shoal: 'request'; readonly id: number; readonly kind: string }
  | { readonly shoal: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly shoal: 'refusal'; readonly id: number; readonly reason: string }
  /** A shard process: all my shards serve, or not any more. */
  | { readonly shoal: 'serving'; readonly serving: boolean }
  /** A shard process: I am about to end, and this is why. */
  | { readonly shoal: 'failed'; readonly reason: string };

/** discord.js sends and receives messages of its own on the same channel; those are not ours. */
export function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'shoal' in value && typeof value.shoal === 'string';
}
