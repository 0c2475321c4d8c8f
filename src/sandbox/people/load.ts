import { createHistogram } from 'node:perf_hooks';
import type { LoadForm, LoadReport } from '../control/load.ts';
import type { Driver } from '../driver/driver.ts';
import type { World } from '../world/world.ts';
import { steadyArrivals } from './arrivals.ts';
import { OpenLoop } from './open-loop.ts';

/** Members who run one command at a given rate, one guild after the other, and do not wait for each other. */
export class Load {
  readonly #driver: Driver;
  readonly #world: World;
  readonly #loops = new Set<OpenLoop>();

  constructor(driver: Driver, world: World) {
    this.#driver = driver;
    this.#world = world;
  }

  /**
   * Resolves when every interaction was answered or failed. Latency counts from when an interaction was due, so the
   * sandbox's own stalls are in it. Throws `Refusal` where the command cannot be run.
   */
  async run({ rate, seconds, command, guilds }: LoadForm): Promise<LoadReport> {
    const guildIds = this.#world.guildIds(guilds);
    const micros = createHistogram();
    const over = Promise.withResolvers<void>();
    const tally = { sent: 0, answered: 0 };
    let ended = 0;
    let allSent = false;
    const startedMs = performance.now();
    let lastAnswerMs = startedMs;
    const act = (dueMs: number): void => {
      const guild_id = guildIds[tally.sent % guildIds.length] ?? '';
      const interaction = this.#driver.send({ guild_id, command, options: {}, force: false });
      tally.sent += 1;
      interaction.onFirstAnswer((answered) => {
        ended += 1;
        if (answered) {
          tally.answered += 1;
          lastAnswerMs = performance.now();
          micros.record(Math.max(1, Math.round((lastAnswerMs - dueMs) * 1_000)));
        }
        if (allSent && ended === tally.sent) over.resolve();
      });
    };
    await this.#run(new OpenLoop({ arrivals: steadyArrivals(rate, Math.ceil(rate * seconds)), act }));
    allSent = true;
    if (ended < tally.sent) await over.promise;
    return {
      ...tally,
      failed: tally.sent - tally.answered,
      answeredPerSecond: Math.round((tally.answered * 1_000) / (lastAnswerMs - startedMs || 1)),
      p50Ms: tally.answered === 0 ? null : micros.percentile(50) / 1_000,
      p99Ms: tally.answered === 0 ? null : micros.percentile(99) / 1_000,
    };
  }

  stop(): void {
    for (const loop of this.#loops) loop.stop();
  }

  async #run(loop: OpenLoop): Promise<void> {
    this.#loops.add(loop);
    try {
      await loop.run();
    } finally {
      this.#loops.delete(loop);
    }
  }
}
