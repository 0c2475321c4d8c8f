import { seededRandom } from '../world/random.ts';

/** One of them, each as likely as the others; `undefined` where there is none. */
export function anyOf<T>(random: () => number, from: readonly T[]): T | undefined {
  return from[Math.floor(random() * from.length)];
}

/** A whole number from `least` to `most`. */
export function between(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** Log-normal, as most that people do is: much is short, little is very long. The sum of twelve chances is near a normal one. */
export function logNormal(random: () => number, median: number, sigma: number): number {
  let sum = -6;
  for (let draw = 0; draw < 12; draw += 1) sum += random();
  return median * Math.exp(sigma * sum);
}

/** Chance that depends on a seed and on whose it is: the low bits of an id are as good as random. */
export function randomOf(seed: number, id: string, purpose: number): () => number {
  return seededRandom(
    seed,
    Number(BigInt(id) & 0x7fffffffn),
    Number((BigInt(id) >> 31n) & 0x7fffffffn),
    purpose,
  );
}

/** Draws by weight. */
export class Weighted<T> {
  readonly #items: readonly T[];
  /** Of all items up to this one. */
  readonly #sums: readonly number[];

  constructor(items: readonly T[], weightOf: (item: T) => number) {
    this.#items = items;
    let sum = 0;
    this.#sums = items.map((item) => (sum += weightOf(item)));
  }

  draw(random: () => number): T | undefined {
    const wanted = random() * (this.#sums.at(-1) ?? 0);
    let [low, high] = [0, this.#sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return this.#items[low];
  }
}
