import { GATEWAY_PROBE_MS } from '../../config/liveness.ts';
import { gatewayLatencySeconds } from '../telemetry/gateway.ts';
import type { Logger } from '../telemetry/log.ts';
import { isDeaf, type ServedShard } from './served-shard.ts';

/** Asks each open connection for a sign of life, and measures how long the answer takes. */
export class GatewayProbe {
  readonly #shards: ReadonlyMap<number, ServedShard>;
  readonly #log: Logger;
  readonly #onDeaf: (shardId: number, shard: ServedShard) => void;

  /** `onDeaf` hears of a connection that brings nothing while others of this process do. */
  constructor(options: {
    readonly shards: ReadonlyMap<number, ServedShard>;
    readonly log: Logger;
    readonly onDeaf: (shardId: number, shard: ServedShard) => void;
  }) {
    this.#shards = options.shards;
    this.#log = options.log;
    this.#onDeaf = options.onDeaf;
  }

  start(): void {
    setInterval(() => this.#probe(), GATEWAY_PROBE_MS).unref();
  }

  /** Whether every connection is open and brings nothing, not even the answer to a heartbeat. */
  get deaf(): boolean {
    return [...this.#shards.values()].every(isDeaf);
  }

  /** The shard is ready: `/ping` is asked before the library's first heartbeat. */
  connected(shardId: number, shard: ServedShard): void {
    Object.assign(shard, { heard: true, unanswered: 0 });
    this.#beat(shardId, shard);
  }

  answered(
    shardId: number,
    shard: ServedShard,
    beat: { readonly ackAt: number; readonly heartbeatAt: number },
  ): void {
    shard.heard = true;
    shard.latencyMs = beat.ackAt - Math.max(beat.heartbeatAt, shard.beatSentAtMs);
    gatewayLatencySeconds.set({ shard: String(shardId) }, shard.latencyMs / 1000);
  }

  /** Counted in probes and not in time, so that a pause of this process does not make its gateway look deaf. */
  #probe(): void {
    const open = [...this.#shards].filter(([, { state }]) => state === 'ready');
    for (const [, shard] of open) {
      shard.unanswered = shard.heard ? 0 : shard.unanswered + 1;
      shard.heard = false;
    }
    for (const [shardId, shard] of open) {
      if (isDeaf(shard) && !this.deaf) this.#onDeaf(shardId, shard);
      else this.#beat(shardId, shard);
    }
  }

  #beat(shardId: number, shard: ServedShard): void {
    shard.beatSentAtMs = Date.now();
    shard.connection.beat().catch((error: unknown) => {
      this.#log.debug({ shard: shardId, err: error }, 'the first heartbeat was not sent');
    });
  }
}
