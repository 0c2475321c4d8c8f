/** Discord's epoch, the first second of 2015 (reference, "Snowflakes"). */
const discordEpochMs = 1_420_070_400_000;

/** When Discord made this id, in ms since 1970. Throws a SyntaxError for text that is not a number. */
export function snowflakeTimeMs(id: string): number {
  return Number(BigInt(id) >> 22n) + discordEpochMs;
}

/** The lowest id of that millisecond (since 1970). */
export function firstSnowflakeAt(ms: number): string {
  return String(BigInt(ms - discordEpochMs) << 22n);
}
