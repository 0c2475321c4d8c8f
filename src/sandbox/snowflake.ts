/** 2015-01-01T00:00:00Z: where Discord's ids begin (reference.mdx, Snowflakes). */
const epochMs = 1_420_070_400_000;
const lowBits = 22n;
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
  return new Date(epochMs + createdMs).toISOString().replace('Z', '000+00:00');
}

/** Makes ids of the present moment, each larger than the one before it. */
export class SnowflakeClock {
  #lastMs = 0;
  #low = 0;

  next(): string {
    const nowMs = Date.now() - epochMs;
    if (nowMs > this.#lastMs) {
      this.#lastMs = nowMs;
      this.#low = 0;
    } else if (++this.#low === lowRange) {
      this.#lastMs += 1;
      this.#low = 0;
    }
    return snowflakeAt(this.#lastMs, this.#low);
  }

  /** An ISO time in the form Discord writes it. */
  static nowIso(): string {
    return isoTime(Date.now() - epochMs);
  }
}
