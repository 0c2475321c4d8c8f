export interface Spread {
  readonly median: number;
  /** From the least to the most. */
  readonly range: readonly [number, number];
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    range: [sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN],
  };
}

/** To two places. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

export function roundedSpread(values: readonly number[]): Spread {
  const { median, range } = spread(values);
  return { median: rounded(median), range: [rounded(range[0]), rounded(range[1])] };
}

/** `0.85 (0.8 to 0.91)` */
export function spreadText(values: readonly number[], digits = 2): string {
  const { median, range } = spread(values);
  return `${median.toFixed(digits)} (${range[0].toFixed(digits)} to ${range[1].toFixed(digits)})`;
}
