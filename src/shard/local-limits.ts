import { quotaText, spacingMs, type Quota } from '../redis/limits.ts';

/** What 10,000 members have used within seconds; the longest unused are forgotten first. */
const entriesMax = 10_000;

/** As `SharedLimits`, for one process. A guild's interactions all come to one process, so only who acts in several guilds may gain. */
export class LocalLimits {
  /** When each quota will be whole again. */
  readonly #wholeAt = new Map<string, number>();

  take(of: string, quotas: readonly Quota[], nowMs: number): number {
    const next = quotas.map((quota) => {
      const key = `${of}:${quotaText(quota)}`;
      const wholeAt = Math.max(nowMs, this.#wholeAt.get(key) ?? 0) + spacingMs(quota);
      return { key, wholeAt, waitMs: wholeAt - nowMs - quota.withinMs };
    });
    const waitMs = Math.max(0, ...next.map((each) => each.waitMs));
    if (waitMs > 0) return waitMs;
    for (const { key, wholeAt } of next) this.#keep(key, wholeAt);
    return 0;
  }

  #keep(key: string, wholeAt: number): void {
    this.#wholeAt.delete(key);
    this.#wholeAt.set(key, wholeAt);
    const [oldest] = this.#wholeAt.keys();
    if (this.#wholeAt.size > entriesMax && oldest !== undefined) this.#wholeAt.delete(oldest);
  }
}
