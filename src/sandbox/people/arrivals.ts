/** A rate over a time: actions a second, which grow or fall evenly from the one to the other. */
export type Ramp = {
  readonly startMs: number;
  readonly forMs: number;
  readonly from: number;
  readonly to: number;
};

/** Times in milliseconds, one as far from the next as any other. */
export function* steadyArrivals(perSecond: number, count = Infinity): Generator<number, void, undefined> {
  for (let done = 0; done < count; done += 1) yield (done * 1_000) / perSecond;
}

/**
 * Times in milliseconds at which people who know nothing of each other act: a Poisson process. Where the rate changes it
 * is drawn at the peak and thinned (Lewis and Shedler, 1979). `random` returns numbers in [0, 1).
 */
export function* poissonArrivals(
  { startMs, forMs, from, to }: Ramp,
  random: () => number,
): Generator<number, void, undefined> {
  const peak = Math.max(from, to);
  if (peak <= 0) return;
  for (let atMs = gapMs(peak, random); atMs < forMs; atMs += gapMs(peak, random)) {
    const rate = from + ((to - from) * atMs) / forMs;
    if (random() * peak < rate) yield startMs + atMs;
  }
}

function gapMs(perSecond: number, random: () => number): number {
  return (-Math.log(1 - random()) * 1_000) / perSecond;
}
