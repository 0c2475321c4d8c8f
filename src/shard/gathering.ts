import { GATHER_MAX, GATHER_MS } from '../../config/gathering.ts';

/** What comes within a moment, to be heard together. */
export class Gathering {
  readonly #hear: (picked: readonly unknown[]) => Promise<void>;
  #picked: unknown[] = [];
  #heard = Promise.withResolvers<void>();
  #timer: NodeJS.Timeout | undefined;

  /** `hear` never rejects. */
  constructor(hear: (picked: readonly unknown[]) => Promise<void>) {
    this.#hear = hear;
  }

  /** Resolves when all that come within the moment are heard. `undefined` where another one has begun it: that one is waited for. */
  add(one: unknown): Promise<void> | undefined {
    const { promise } = this.#heard;
    const isFirst = this.#picked.push(one) === 1;
    if (isFirst) this.#timer = setTimeout(() => this.end(), GATHER_MS);
    if (this.#picked.length >= GATHER_MAX) this.end();
    return isFirst ? promise : undefined;
  }

  /** The moment is over. */
  end(): void {
    clearTimeout(this.#timer);
    if (this.#picked.length === 0) return;
    void this.#hear(this.#picked).then(this.#heard.resolve);
    this.#picked = [];
    this.#heard = Promise.withResolvers();
  }
}
