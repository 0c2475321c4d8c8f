import { IPC_ANSWER_MS } from '../../config/deadlines.ts';
import { joinMetrics, mergeMetrics } from '../telemetry/merge-metrics.ts';
import type { Logger } from '../telemetry/log.ts';
import { metricsText } from '../telemetry/telemetry.ts';
import type { ShardProcess } from './shard-process.ts';

/**
 * The metrics of this manager and all its shard processes as one text, in which no counter of a shard ever goes down, and so no sum of them.
 *
 * `rate()` knows that a counter begins at 0 again with its process, but only of one series, only where the new value is below the old one,
 * and not of what the old process counted after the last scrape; of a `sum()` it knows nothing. So a shard's counters go on: what an ended
 * process has counted is added to what its successor counts, a predecessor that finishes its commands counts until its end, and of one that
 * hangs its last answer stands. Lost is what a process that was killed has counted since it was asked last.
 *
 * Gauges say how things are: they are those of the process that has the shard, and of no other.
 */
export class ClusterMetrics {
  readonly #shards = new Map<string, ShardMetrics>();
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** From its start to its end. `name`: its shards, as in its label. `isCurrent`: whether it has them now, rather than one before or after it. */
  watch(name: string, process: ShardProcess, isCurrent: () => boolean): void {
    const shard = this.#shards.get(name) ?? new ShardMetrics(this.#log);
    this.#shards.set(name, shard);
    shard.watch(process, isCurrent);
  }

  /** What each shard's answers cost is spent when they come, not all in one piece. */
  async text(): Promise<string> {
    const shards = [...this.#shards.values()];
    return joinMetrics([await metricsText(), ...(await Promise.all(shards.map((shard) => shard.text())))]);
  }
}

/** Of the shards that share a process, over their processes. */
class ShardMetrics {
  readonly #processes = new Map<ShardProcess, () => boolean>();
  readonly #log: Logger;
  /** Counters and histograms of those that have ended. */
  #ended = '';

  constructor(log: Logger) {
    this.#log = log;
  }

  watch(process: ShardProcess, isCurrent: () => boolean): void {
    this.#processes.set(process, isCurrent);
    process.exited
      .then(() => {
        this.#processes.delete(process);
        const parts = [this.#ended, process.metrics].map((text) => ({ text, gauges: false }));
        this.#ended = mergeMetrics(parts);
      })
      .catch((error: unknown) =>
        this.#log.error({ err: error }, 'what an ended shard process has counted is lost'),
      );
  }

  async text(): Promise<string> {
    await Promise.all([...this.#processes.keys()].map((process) => process.askMetrics(IPC_ANSWER_MS)));
    // From here on in one turn: a process that ends now counts once.
    return mergeMetrics([
      { text: this.#ended, gauges: false },
      ...[...this.#processes].map(([{ metrics }, isCurrent]) => ({ text: metrics, gauges: isCurrent() })),
    ]);
  }
}
