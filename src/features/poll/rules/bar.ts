const blocks = 10;

/** `share` of 0 to 1 as ten blocks. Something is never shown as nothing, nor less than all as all. */
export function bar(share: number): string {
  const rounded = Math.round(share * blocks);
  const full =
    share > 0 && share < 1
      ? Math.min(Math.max(rounded, 1), blocks - 1)
      : Math.min(Math.max(rounded, 0), blocks);
  return '█'.repeat(full) + '░'.repeat(blocks - full);
}

/** The positions of the highest count; none where nobody voted. */
export function leaders(counts: readonly number[]): readonly number[] {
  const most = Math.max(0, ...counts);
  return most === 0 ? [] : counts.flatMap((count, index) => (count === most ? [index] : []));
}
