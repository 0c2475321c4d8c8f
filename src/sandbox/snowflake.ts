/** 2015-01-01T00:00:00Z: where Discord's ids begin (reference.mdx, Snowflakes). */
const epochMs = 1_420_070_400_000;
const lowBits = 22n;
/** More ids than are made in a millisecond. */
const lowStep = 1 << 12;
const lowRange = 1 << Number(lowBits);

/** The id of something made `createdMs` milliseconds after Discord's epoch; `low` (22 bits) tells siblings apart. */
export function snowflakeAt(createdMs: number, low: number): string {
  return String((BigInt(createdMs) << lowBits) | BigInt(low % lowRange));
}

/** Milliseconds after Discord's epoch at which `id` was made; `undefined` if it is no snowflake. */
export function createdMsOf(id: string): number | undefined {
  return /^\d{1,20}$/.test(id) ? Number(BigInt(id) >> lowBits) : undefined;
}

/** Orders ids by age: they are numbers without leading zeros, too large to be read as such. */
export function compareIds(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : Number(one > other));
}

export function isoTime(createdMs: number): string {
  return isoOf(epochMs + createdMs);
}

/** Unix time, in the form Discord writes it. */
export function isoOf(unixMs: number): string {
  return new Date(unixMs).toISOString().replace('Z', '000+00:00');
}

/** Makes ids of the present moment, each larger than the one before it. */
export class SnowflakeClock {
  readonly #skewMs: () => number;
  #skew = 0;
  #lastMs = 0;
  #low = 0;
  #firstLow = 0;

  /** `skewMs` is how far this clock is ahead, which may change at any time. */
  constructor(skewMs: () => number = () => 0) {
    this.#skewMs = skewMs;
  }

  next(): string {
    this.#followSkew();
    const nowMs = Date.now() + this.#skew - epochMs;
    if (nowMs > this.#lastMs) {
      this.#lastMs = nowMs;
      this.#low = this.#firstLow;
    } else if (++this.#low === lowRange) {
      this.#lastMs += 1;
      this.#low = this.#firstLow;
    }
    return snowflakeAt(this.#lastMs, this.#low);
  }

  /** Set back, it passes moments a second time; other low bits keep their ids from being those of the first. */
  #followSkew(): void {
    const skew = this.#skewMs();
    if (skew === this.#skew) return;
    this.#skew = skew;
    this.#lastMs = 0;
    this.#firstLow = (this.#firstLow + lowStep) % lowRange;
  }

  /** An ISO time in the form Discord writes it. */
  static nowIso(): string {
    return isoOf(Date.now());
  }
}
