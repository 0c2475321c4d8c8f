/** topics/gateway.mdx:507: payloads per connection and window. Heartbeats count, too (discord-api-docs issue 315). */
const sendsPerWindow = 120;

/** What one connection may send; its window opens with the first payload, as clients count it. */
export class SendBudget {
  readonly #windowMs: number;
  #windowEndsAt = -Infinity;
  #sent = 0;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Counts one payload; `false` when it is one too many. */
  take(nowMs: number): boolean {
    if (nowMs >= this.#windowEndsAt) {
      this.#windowEndsAt = nowMs + this.#windowMs;
      this.#sent = 0;
    }
    this.#sent += 1;
    return this.#sent <= sendsPerWindow;
  }
}
