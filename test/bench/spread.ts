export interface Spread {
  /** Of an even count the mean of the two in the middle. */
  readonly median: number;
  /** From the least to the most. */
  readonly range: readonly [number, number];
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    range: [at(0), at(sorted.length - 1)],
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
