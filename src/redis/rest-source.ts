import { randomUUID } from 'node:crypto';
import { errorText } from '../lib/error-text.ts';
import { LookAgain } from '../lib/look-again.ts';
import type { Logger } from '../telemetry/log.ts';
import { restLimitShared, restTokensTotal } from '../telemetry/rest.ts';
import { RestShare } from './rest-share.ts';
import { flightMs, stillCounts, type RestToken, type RestTokens, type SpentToken } from './rest-tokens.ts';

/**
 * What is leased by a slower answer is too old to use. Once it is chance, a stall of this process; so many times in a row Redis is
 * too slow to be of help.
 */
const slowMs = 100;
const slowTries = 3;

/** A Redis that fails is asked again this often, beside the requests. */
const retryMs = 1_000;

/**
 * Where permissions to send come from: leases of the shared limit; while Redis fails or is slow, this process's equal share of it.
 * What the others leave of theirs is unused then, and the sum of all stays within the limit.
 */
export class RestSource {
  readonly #tokens: RestTokens;
  readonly #share: RestShare;
  readonly #log: Logger;
  #held: RestToken[] = [];
  /** What Redis has not heard of yet. */
  #spent: SpentToken[] = [];
  #lease: Promise<void> | undefined;
  #leaseAgainAt = -Infinity;
  #shared = true;
  #slowInARow = 0;
  readonly #again = new LookAgain(retryMs, () => void this.#look());

  /** `processes`: how many of the bot's processes call Discord, over all hosts. */
  constructor(options: { readonly tokens: RestTokens; readonly processes: number; readonly log: Logger }) {
    this.#tokens = options.tokens;
    this.#share = new RestShare(options.processes);
    this.#log = options.log;
    restLimitShared.set(1);
  }

  /** The next token, `wanted` being those that are needed by now. A failing Redis is waited for once; then it is asked beside. Never rejects. */
  async next(wanted: number): Promise<RestToken> {
    for (;;) {
      const held = this.#takeHeld();
      if (held !== undefined) return held;
      if (performance.now() >= this.#leaseAgainAt) this.#startLease(wanted);
      if (this.#lease === undefined || !this.#shared) return this.#own();
      await this.#lease;
    }
  }

  giveBack(token: RestToken): void {
    this.#held.unshift(token);
  }

  /** Counts a request that is sent now. The result is to be called with its answer: until then it may be on its way. */
  use({ name, endsAt }: RestToken): () => void {
    const sentAt = performance.now();
    this.#share.sent(sentAt);
    restTokensTotal.inc({ source: endsAt === Infinity ? 'local' : 'shared' });
    return () => {
      this.#spent = this.#spent.filter(stillCounts);
      this.#spent.push({ name, arrivedBy: Math.min(performance.now(), sentAt + flightMs) });
    };
  }

  #takeHeld(): RestToken | undefined {
    const now = performance.now();
    const lapsed = this.#held.filter(({ endsAt }) => endsAt <= now).length;
    if (lapsed > 0) {
      restTokensTotal.inc({ source: 'lapsed' }, lapsed);
      this.#held = this.#held.filter(({ endsAt }) => endsAt > now);
    }
    return this.#held.shift();
  }

  /** Of a name that Redis learns when it is there again. */
  #own(): RestToken {
    return { name: randomUUID(), startsAt: this.#share.nextAt(), endsAt: Infinity };
  }

  #startLease(wanted: number): void {
    this.#lease ??= this.#ask(wanted).finally(() => {
      this.#lease = undefined;
    });
  }

  async #ask(wanted: number): Promise<void> {
    const told = this.#spent.filter(stillCounts);
    await this.#judge(async () => {
      const leased = await this.#tokens.lease(wanted, told);
      this.#spent = this.#spent.filter((token) => !told.includes(token));
      return leased;
    });
  }

  /** Without a lease: nobody may want one for long, and what all processes then lease at once would keep the next calls waiting. */
  async #look(): Promise<void> {
    if (this.#lease !== undefined) return;
    await this.#judge(async () => {
      await this.#tokens.look();
      return [];
    });
  }

  async #judge(ask: () => Promise<readonly RestToken[]>): Promise<void> {
    const askedAt = performance.now();
    try {
      const leased = await ask();
      this.#leased(leased, performance.now() - askedAt);
    } catch (error) {
      this.#fails(errorText(error));
    }
    this.#again.seen(this.#shared);
  }

  #leased(tokens: readonly RestToken[], tookMs: number): void {
    this.#slowInARow = tookMs > slowMs ? this.#slowInARow + 1 : 0;
    if (this.#slowInARow >= slowTries) this.#fails(`slower than ${slowMs} ms`);
    if (this.#slowInARow > 0) return;
    this.#held.push(...tokens);
    if (!this.#shared) this.#log.info("Discord's global limit is shared again");
    this.#shared = true;
    restLimitShared.set(1);
  }

  #fails(reason: string): void {
    this.#leaseAgainAt = performance.now() + retryMs;
    if (this.#shared)
      this.#log.warn({ reason }, "Discord's global limit is not shared: redis fails, own part of it used");
    this.#shared = false;
    restLimitShared.set(0);
  }
}
